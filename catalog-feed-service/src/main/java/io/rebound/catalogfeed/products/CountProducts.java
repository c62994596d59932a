package io.rebound.catalogfeed.products;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many products there are, as a metric. */
@Component
class CountProducts {
  private static final Logger log = LoggerFactory.getLogger(CountProducts.class);

  private final Products products;
  private final AtomicLong count = new AtomicLong();

  CountProducts(Products products, MeterRegistry metrics) {
    this.products = products;
    Gauge.builder("rebound_catalog_feed_products", count, AtomicLong::get)
        .description("Products in the catalogue, as of the last minute")
        .register(metrics);
  }

  @Scheduled(fixedDelayString = "PT1M")
  void count() {
    try {
      count.set(products.count().products());
    } catch (DataAccessException e) {
      log.debug("Products can't be counted", e);
    }
  }
}
