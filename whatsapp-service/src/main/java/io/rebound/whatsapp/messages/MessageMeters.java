package io.rebound.whatsapp.messages;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How messages fare. */
@Component
class MessageMeters {
  private static final Logger log = LoggerFactory.getLogger(MessageMeters.class);

  private final MeterRegistry registry;
  private final Messages messages;
  private final AtomicLong due = new AtomicLong();

  MessageMeters(MeterRegistry registry, Messages messages) {
    this.registry = registry;
    this.messages = messages;
    Gauge.builder("rebound_whatsapp_messages_due", due, AtomicLong::get)
        .description("Messages that wait to be sent, as of the last second")
        .register(registry);
  }

  void settled(MessageState state) {
    Counter.builder("rebound_whatsapp_messages_total")
        .description("Messages settled by the sender, by what became of them")
        .tag("outcome", state.wireName())
        .register(registry)
        .increment();
  }

  void postponed(String outcome) {
    Counter.builder("rebound_whatsapp_messages_postponed_total")
        .description("Messages given back to be tried again, by why")
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  @Scheduled(fixedDelayString = "PT1S")
  void count() {
    try {
      due.set(messages.due());
    } catch (DataAccessException e) {
      log.debug("Messages can't be counted", e);
    }
  }
}
