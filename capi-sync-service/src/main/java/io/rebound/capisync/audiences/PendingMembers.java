package io.rebound.capisync.audiences;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Counts what the sync of audiences has before it. */
@Component
class PendingMembers {
  private static final Logger log = LoggerFactory.getLogger(PendingMembers.class);

  private final Members members;
  private final AtomicLong pending = new AtomicLong();

  PendingMembers(Members members, MeterRegistry metrics) {
    this.members = members;
    Gauge.builder("rebound_capi_sync_audience_members_pending", pending, AtomicLong::get)
        .description("Members whose state at Meta may have to change, as of the last second")
        .register(metrics);
  }

  @Scheduled(fixedDelayString = "PT1S")
  void count() {
    try {
      pending.set(members.pending());
    } catch (DataAccessException e) {
      log.debug("Pending members can't be counted", e);
    }
  }
}
