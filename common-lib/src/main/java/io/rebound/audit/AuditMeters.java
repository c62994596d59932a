package io.rebound.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What an operator must see of the audit: that it grows, and that it is whole. */
final class AuditMeters {
  private final MeterRegistry registry;
  private final String prefix;
  private final AtomicLong length = new AtomicLong();
  private final AtomicInteger broken = new AtomicInteger();

  /**
   * @param service the service's short name
   */
  AuditMeters(MeterRegistry registry, String service) {
    this.registry = registry;
    this.prefix = "rebound_" + service.replace('-', '_') + "_audit_";
    Gauge.builder(prefix + "chain_entries", length, AtomicLong::get)
        .description("Entries of the audit that are kept, as of the last hour")
        .register(registry);
    Gauge.builder(prefix + "chain_broken", broken, AtomicInteger::get)
        .description("1 if the last verification found the audit's chain broken, else 0")
        .register(registry);
  }

  void appended(List<AuditEntry> entries) {
    for (AuditEntry entry : entries) {
      Counter.builder(prefix + "entries_total")
          .description("Entries appended to the audit")
          .tag("action", entry.action().wireName())
          .register(registry)
          .increment();
    }
  }

  void length(long entries) {
    length.set(entries);
  }

  void verified(AuditVerification result) {
    broken.set(result.intact() ? 0 : 1);
  }
}
