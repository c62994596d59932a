package io.rebound.identity.privacy;

import io.rebound.audit.AuditLog;
import io.rebound.consumption.Outgoing;
import io.rebound.events.Topics;
import io.rebound.identity.sightings.Erasures;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What identity itself does about a person who asked. */
@Component
class OwnShare {
  private final Erasures erasures;
  private final IdentityErasure erasure;
  private final IdentityExport export;
  private final Receipts receipts;
  private final AuditLog audit;

  OwnShare(
      Erasures erasures,
      IdentityErasure erasure,
      IdentityExport export,
      Receipts receipts,
      AuditLog audit) {
    this.erasures = erasures;
    this.erasure = erasure;
    this.export = export;
    this.receipts = receipts;
    this.audit = audit;
  }

  /**
   * Nothing here tells of them any more but the suppression pseudonyms of their identifiers, by
   * which they are refused from now on. The profiles go from Kafka with it, and once more with the
   * receipt: what another thread had to send may still come in between.
   */
  Map<String, Long> erase(DataSubject subject, Instant at, Outgoing outgoing) {
    erasures.suppress(subject.identifiers(), at);
    Map<String, Long> counts = erasure.erase(subject);
    audit.forget(subject.persons());
    subject.persons().forEach(person -> outgoing.forget(Topics.PROFILES, person));
    return counts;
  }

  /** The copy of what is held here waits, sealed, for those of the other services. */
  void export(UUID requestId, DataSubject subject, Instant now) {
    receipts.keep(export.receipts(requestId, subject, now));
  }
}
