package io.rebound.audit;

import io.rebound.startup.KeyFileChanged;
import org.springframework.context.event.EventListener;

/**
 * Audits that a service goes by other keys than before. Whoever changed the file isn't known here.
 */
final class AuditKeyFiles {
  private final AuditLog audit;

  AuditKeyFiles(AuditLog audit) {
    this.audit = audit;
  }

  @EventListener
  void changed(KeyFileChanged change) {
    audit.append(
        AuditEntry.system(
            AuditAction.KEY_FILE_CHANGED,
            Subject.of("key_file", change.file()),
            Ground.ADMINISTRATION));
  }
}
