package io.rebound.identity.graph;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Ground;
import io.rebound.audit.Subject;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * One link in the audit for all merges of a batch: registrations merge too often for one each, and
 * whatever is audited commits one after the other. Who was merged, and why, is the graph's to tell.
 */
@Component
class MergeAudit {
  private final AuditLog audit;

  MergeAudit(AuditLog audit) {
    this.audit = audit;
  }

  /** Everybody absorbed belongs to a survivor from now on. */
  void merged(Collection<UUID> absorbed, Collection<UUID> survivors) {
    if (!absorbed.isEmpty()) {
      audit.append(
          AuditEntry.system(AuditAction.PERSONS_MERGED, Subject.all("persons"), Ground.CORRECTION)
              .with("absorbed", absorbed.stream().distinct().count())
              .with("survivors", survivors.stream().distinct().count()));
    }
  }
}
