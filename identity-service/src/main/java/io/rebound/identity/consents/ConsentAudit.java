package io.rebound.identity.consents;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Ground;
import io.rebound.audit.Subject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * One link in the audit for all consents that a batch changed. Whose they were, and what proves it,
 * is the history's to tell.
 */
@Component
class ConsentAudit {
  private final AuditLog audit;

  ConsentAudit(AuditLog audit) {
    this.audit = audit;
  }

  /** These statements hold from now on, which others did before, or none. */
  void changed(List<Statement> statements) {
    AuditEntry entry =
        AuditEntry.system(AuditAction.CONSENTS_CHANGED, Subject.all("consent"), Ground.CONSENT);
    for (Map.Entry<String, Long> count : counts(statements).entrySet()) {
      entry = entry.with(count.getKey(), count.getValue());
    }
    audit.append(entry);
  }

  private static Map<String, Long> counts(List<Statement> statements) {
    return statements.stream()
        .collect(
            Collectors.groupingBy(
                one -> one.purpose().wireName() + (one.value() ? "_yes" : "_no"),
                TreeMap::new,
                Collectors.counting()));
  }
}
