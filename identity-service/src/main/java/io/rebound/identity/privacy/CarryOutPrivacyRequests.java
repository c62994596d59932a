package io.rebound.identity.privacy;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Ground;
import io.rebound.audit.Subject;
import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.Identifier;
import io.rebound.events.PrivacyMessage;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyRequested;
import io.rebound.events.PrivacyType;
import io.rebound.events.Topics;
import io.rebound.identity.sightings.Erasures;
import io.rebound.identity.sightings.PersonIds;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Finds whom a request is about, tells every service what to do, and does identity's own share at
 * once.
 *
 * <p>It reads its own orders too: an identity restored to an earlier moment may know less of a
 * person than when the order was written, and erases by what the order says.
 */
@Component
public class CarryOutPrivacyRequests implements BatchHandler<PrivacyMessage> {
  private final Erasures erasures;
  private final DataSubjects subjects;
  private final PrivacyRequests requests;
  private final OwnShare own;
  private final AuditLog audit;

  CarryOutPrivacyRequests(
      Erasures erasures,
      DataSubjects subjects,
      PrivacyRequests requests,
      OwnShare own,
      AuditLog audit) {
    this.erasures = erasures;
    this.subjects = subjects;
    this.requests = requests;
    this.own = own;
    this.audit = audit;
  }

  @Override
  public Outgoing handle(Batch<PrivacyMessage> batch) {
    erasures.begin();
    var outgoing = new Outgoing();
    for (PrivacyMessage message : batch.values()) {
      switch (message) {
        case PrivacyRequested request -> carryOut(request, batch.time(), outgoing);
        case PrivacyOrder order -> followOrder(order, outgoing);
      }
    }
    return outgoing;
  }

  private void carryOut(PrivacyRequested request, Instant now, Outgoing outgoing) {
    if (!requests.begin(request, now)) {
      return;
    }
    DataSubject subject = subjects.find(request.identifiers(), request.at());
    var order =
        new PrivacyOrder(
            request.requestId(),
            request.type(),
            subject.persons(),
            subject.identifiers(),
            request.at());
    switch (request.type()) {
      case ERASURE -> {
        requests.erased(order, own.erase(subject, request.at(), outgoing), now);
        audit.append(erased(request));
      }
      case ACCESS -> {
        requests.collecting(order, subject.person(), now);
        own.export(request.requestId(), subject, now);
      }
    }
    outgoing.send(Topics.PRIVACY_REQUESTS, request.requestId().toString(), order);
  }

  private void followOrder(PrivacyOrder order, Outgoing outgoing) {
    if (order.type() == PrivacyType.ERASURE && !order.identifiers().isEmpty()) {
      own.erase(subjects.find(order.identifiers(), order.at()), order.at(), outgoing);
    }
  }

  /** By the suppression pseudonyms of what was named: nothing else of the person is left. */
  private static AuditEntry[] erased(PrivacyRequested request) {
    List<Identifier> named = request.identifiers();
    return named.stream()
        .map(identifier ->
            AuditEntry.system(
                    AuditAction.PERSON_ERASED,
                    Subject.of("erased_identifier", PersonIds.of(identifier).toString()),
                    Ground.DATA_SUBJECT)
                .with("request_id", request.requestId()))
        .toArray(AuditEntry[]::new);
  }
}
