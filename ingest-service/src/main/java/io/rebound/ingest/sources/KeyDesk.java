package io.rebound.ingest.sources;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.ingest.administration.Conflict;
import io.rebound.ingest.sources.WriteKeyTable.LiveKey;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where write keys are made and revoked, for sources of the API and of the configuration. Several
 * keys of a source may be live at once: a key is rotated by making another, moving the clients, and
 * revoking the first.
 */
@Component
class KeyDesk {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final WriteKeyTable table;
  private final AuditLog audit;
  private final SourceChanges changes;
  private final Clock clock;

  KeyDesk(WriteKeyTable table, AuditLog audit, SourceChanges changes, Clock clock) {
    this.table = table;
    this.audit = audit;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * What a new key is asked to be.
   *
   * @param name for people: where it is used
   * @param expiresAt from when it opens nothing; null: it lasts until it is revoked
   */
  record Asked(@Nullable String name, @Nullable Instant expiresAt) {}

  /**
   * A new key.
   *
   * @param key in clear: nobody can read it a second time
   */
  record NewKey(
      String id,
      String source,
      String name,
      String key,
      Instant createdAt,
      @Nullable Instant expiresAt) {

    /** Never shows the key. */
    @Override
    public String toString() {
      return "NewKey[" + id + "]";
    }
  }

  /** A key for a source that exists. */
  NewKey create(String source, Asked asked, Principal caller) {
    Instant now = clock.instant();
    String name = asked.name();
    if (name == null || !SourceRules.isText(name)) {
      throw new InvalidRequest("name", "must have 1 to 100 characters");
    }
    Instant end = asked.expiresAt();
    if (end != null && (!end.isAfter(now) || end.isAfter(now.plus(LONGEST)))) {
      throw new InvalidRequest("expires_at", "must be in the future, within 100 years");
    }
    String key = WriteKeys.newKey();
    var live = new LiveKey(WriteKeys.newId(), source, WriteKeys.sha256(key), asked.expiresAt());
    changes.make(
        now,
        () -> {
          table.add(live, name, now, caller.getName());
          record(AuditAction.SOURCE_KEY_CREATED, live.source(), live.id(), caller);
        });
    return new NewKey(live.id(), source, name, key, now, asked.expiresAt());
  }

  /** The key opens nothing any more; that it was revoked before is no error. */
  void revoke(String source, String id, Principal caller) {
    if (ConfiguredSources.isKeyId(id)) {
      throw new Conflict(
          "This key is given by configuration (rebound.ingest.sources): remove it there");
    }
    if (!WriteKeys.isId(id)) {
      throw new NotFound("write key");
    }
    Instant now = clock.instant();
    changes.make(
        now,
        () -> {
          if (table.revoke(source, id, now)) {
            record(AuditAction.SOURCE_KEY_REVOKED, source, id, caller);
          } else if (!table.has(source, id)) {
            throw new NotFound("write key");
          }
        });
  }

  private void record(AuditAction action, String source, String key, Principal caller) {
    audit.append(
        AuditEntry.administration(caller, action, Subject.of("source", source)).with("key", key));
  }
}
