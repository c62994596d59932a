package io.rebound.whatsapp.messages;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Ground;
import io.rebound.audit.Subject;
import io.rebound.whatsapp.messages.NextMessage.Ready;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A link in the audit for each call that carried a person's number to Meta, whatever came of it.
 */
@Component
class MessageDisclosures {
  private final Messages messages;
  private final AuditLog audit;

  MessageDisclosures(Messages messages, AuditLog audit) {
    this.messages = messages;
    this.audit = audit;
  }

  /** Meta was called. A sender that dies before this leaves a call that is given up, and told. */
  void called(Ready message, String outcome) {
    audit.append(sent(message.call().message(), message.personId(), message.trigger(), outcome));
  }

  /** Gives up calls whose sender died; Meta may have them. */
  @Transactional
  public void giveUpCallsBefore(Instant moment, Instant now) {
    audit.append(
        messages.giveUpCallsBefore(moment, now).stream()
            .map(lost -> sent(lost.id(), lost.personId(), lost.trigger(), "unknown"))
            .toArray(AuditEntry[]::new));
  }

  private static AuditEntry sent(String id, UUID person, String trigger, String outcome) {
    return AuditEntry.system(AuditAction.MESSAGE_SENT, Subject.person(person), Ground.CONSENT)
        .with("message", id)
        .with("trigger", trigger)
        .with("outcome", outcome);
  }
}
