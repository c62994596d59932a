package io.rebound.audit;

import io.rebound.problems.InvalidRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; null does not restrict.
 *
 * @param from the earliest time
 * @param to the first time that is too late
 */
record AuditQuery(
    @Nullable String actor,
    @Nullable String action,
    @Nullable Subject subject,
    @Nullable Instant from,
    @Nullable Instant to) {

  /**
   * Checks what a client asked for.
   *
   * @param subject {@code segment:cart-abandoners}, or only {@code segment} for all of the kind
   * @param from and to such as {@code 2026-07-01T00:00:00Z}
   */
  static AuditQuery of(
      @Nullable String actor,
      @Nullable String action,
      @Nullable String subject,
      @Nullable String from,
      @Nullable String to) {
    if (action != null
        && Arrays.stream(AuditAction.values()).noneMatch(one -> one.wireName().equals(action))) {
      throw new InvalidRequest("action", "must be one of the audit's actions, such as person.read");
    }
    return new AuditQuery(
        actor,
        action,
        subject == null ? null : subject(subject),
        time("from", from),
        time("to", to));
  }

  @Nullable String subjectType() {
    return subject == null ? null : subject.type();
  }

  @Nullable String subjectId() {
    return subject == null ? null : subject.id();
  }

  private static Subject subject(String text) {
    int colon = text.indexOf(':');
    try {
      return colon < 0
          ? Subject.all(text)
          : Subject.of(text.substring(0, colon), text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("subject", "must be a type, or a type and an id as in person:<id>");
    }
  }

  private static @Nullable Instant time(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant(); // a query's plus is a space
    } catch (DateTimeParseException e) {
      throw new InvalidRequest(field, "must be a time such as 2026-07-01T00:00:00Z");
    }
  }
}
