package io.rebound.identity.consents;

import io.rebound.events.Purpose;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a person is held to allow a purpose or not.
 *
 * @param basis {@code stated} by the person; else {@code assumed}: the strictest of what the
 *     sources that know them assume, no where none assumes anything
 * @param at when it was stated; this and what follows is null where it is assumed
 */
public record Decision(
    boolean value,
    String basis,
    @Nullable Instant at,
    @Nullable String source,
    @Nullable String eventId,
    @Nullable String form,
    @Nullable String textVersion,
    @Nullable String method,
    @Nullable String reference,
    @Nullable String recordedBy) {

  static Decision assumed(boolean value) {
    return new Decision(value, "assumed", null, null, null, null, null, null, null, null);
  }

  static Decision stated(Purpose purpose, KeptStatement statement) {
    return new Decision(
        Objects.requireNonNull(statement.consents().get(purpose)),
        "stated",
        statement.at(),
        statement.source(),
        statement.eventId(),
        statement.form(),
        statement.textVersion(),
        statement.method(),
        statement.reference(),
        statement.recordedBy());
  }
}
