package io.rebound.meta;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * What a Graph call came to, named by what the caller does next. Every error code in Meta's tables
 * maps to exactly one case ({@link ErrorCodes}); a code nobody has seen is {@link RetryLater},
 * because giving work up is the mistake we can't undo.
 */
public sealed interface GraphOutcome<T> {

  /** Meta did it. */
  record Done<T>(T answer) implements GraphOutcome<T> {}

  /**
   * Meta did nothing, and will later: an outage, an open circuit, a code nobody knows.
   *
   * @param pause the least time to wait; a caller that counts attempts waits longer ({@link
   *     Backoff})
   */
  record RetryLater<T>(Duration pause, GraphError error) implements GraphOutcome<T> {}

  /** The account's limit is used up: all its work waits, not just this request. */
  record Throttled<T>(Instant until, GraphError error) implements GraphOutcome<T> {}

  /**
   * Meta will never accept this request unchanged; a batch may be split to find what is at fault.
   */
  record Refused<T>(GraphError error) implements GraphOutcome<T> {}

  /**
   * Somebody has to put something right first: a token, a permission, terms, a blocked account or
   * audience, a retired version. The work is good and is kept. Until it is put right the client
   * holds all that it concerns and lets a single call try now and then, at once with a new token.
   *
   * @param probeAt when a call will be let through next
   */
  record Setup<T>(SetupProblem problem, Instant probeAt, GraphError error)
      implements GraphOutcome<T> {}

  /** Sent, but no answer came: only an idempotent request may be repeated. */
  record Unknown<T>(Exception cause) implements GraphOutcome<T> {}

  /**
   * Whether Meta was asked. If not, a limit, a circuit or a problem at Meta held the call back, or
   * there was no connection: nothing was disclosed, and the work is as untried as it was.
   */
  default boolean wasSent() {
    return switch (this) {
      case Done<T> _, Unknown<T> _, Refused<T> _ -> true;
      case RetryLater<T>(_, var error) -> error.status() != 0;
      case Throttled<T>(_, var error) -> error.status() != 0;
      case Setup<T>(_, _, var error) -> error.status() != 0;
    };
  }

  /** The same outcome with the answer read as something else. */
  default <R> GraphOutcome<R> map(Function<? super T, ? extends R> reader) {
    return switch (this) {
      case Done<T>(var answer) -> new Done<>(reader.apply(answer));
      case RetryLater<T>(var pause, var error) -> new RetryLater<>(pause, error);
      case Throttled<T>(var until, var error) -> new Throttled<>(until, error);
      case Refused<T>(var error) -> new Refused<>(error);
      case Setup<T>(var problem, var probeAt, var error) -> new Setup<>(problem, probeAt, error);
      case Unknown<T>(var cause) -> new Unknown<>(cause);
    };
  }

  /** The case's name as it stands in metrics and attempts, for instance {@code retry_later}. */
  default String label() {
    return switch (this) {
      case Done<T> _ -> "done";
      case RetryLater<T> _ -> "retry_later";
      case Throttled<T> _ -> "throttled";
      case Refused<T> _ -> "refused";
      case Setup<T> _ -> "setup";
      case Unknown<T> _ -> "unknown";
    };
  }
}
