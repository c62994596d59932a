package io.rebound.ingest.sources;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.ingest.administration.Conflict;
import io.rebound.ingest.administration.PreconditionFailed;
import io.rebound.problems.NotFound;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Where sources are made, changed and switched off. Each act and its audit are one transaction, and
 * this instance goes by it before the caller has its answer, the others within two seconds.
 */
@Component
class SourceDesk {
  private final ConfiguredSources configured;
  private final SourceTable table;
  private final AuditLog audit;
  private final SourceChanges changes;
  private final Clock clock;

  SourceDesk(
      ConfiguredSources configured,
      SourceTable table,
      AuditLog audit,
      SourceChanges changes,
      Clock clock) {
    this.configured = configured;
    this.table = table;
    this.audit = audit;
    this.changes = changes;
    this.clock = clock;
  }

  void create(SourceDefinition definition, Principal caller) {
    SourceRules.checkFromApi(definition);
    refuseConfigured(definition.id());
    Instant now = clock.instant();
    changes.make(
        now,
        () -> {
          if (!table.add(definition, now, caller.getName())) {
            throw new Conflict(
                "A source of this id exists, or existed: PUT /v1/sources/{id} changes or enables it");
          }
          record(AuditAction.SOURCE_CREATED, definition.id(), caller);
        });
  }

  /** The source is as given, and enabled. */
  void put(SourceDefinition definition, IfMatch match, Principal caller) {
    SourceRules.checkFromApi(definition);
    refuseConfigured(definition.id());
    Instant now = clock.instant();
    changes.make(
        now,
        () -> {
          if (!table.put(definition, match, now, caller.getName())) {
            throw notAsExpected(definition.id());
          }
          record(AuditAction.SOURCE_CHANGED, definition.id(), caller);
        });
  }

  /** The source takes no events any more; its keys stay known. */
  void disable(String id, IfMatch match, Principal caller) {
    refuseConfigured(id);
    if (!SourceRules.isId(id)) {
      throw new NotFound("source");
    }
    Instant now = clock.instant();
    changes.make(
        now,
        () -> {
          if (table.disable(id, match, now, caller.getName())) {
            record(AuditAction.SOURCE_DISABLED, id, caller);
          } else if (table.find(id).filter(source -> source.disabledAt() != null).isEmpty()) {
            throw notAsExpected(id);
          }
        });
  }

  private RuntimeException notAsExpected(String id) {
    return table.find(id).isEmpty()
        ? new NotFound("source")
        : new PreconditionFailed(
            "The source has changed since; read it again and decide whether to change it still");
  }

  private void refuseConfigured(String id) {
    if (configured.find(id).isPresent()) {
      throw new Conflict(
          "This source is given by configuration (rebound.ingest.sources): change it there");
    }
  }

  private void record(AuditAction action, String id, Principal caller) {
    audit.append(AuditEntry.administration(caller, action, Subject.of("source", id)));
  }
}
