package io.rebound.ingest.intake;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the time a client claims stands to the time its event arrived. The past is never wrong (it
 * may be history), the near future is a clock that runs ahead, the far future is a mistake.
 */
public final class ArrivalTime {
  /** How far ahead of arrival a time may lie to be taken as the time of arrival. */
  static final Duration CLAMPED = Duration.ofHours(24);

  private ArrivalTime() {}

  /** The claimed time, or that of arrival where the claim is at most a day ahead of it. */
  public static Instant clamp(Instant claimed, Instant receivedAt) {
    return claimed.isAfter(receivedAt) ? receivedAt : claimed;
  }

  /** So far ahead that nobody knows when it happened. */
  public static boolean isFarFuture(Instant claimed, Instant receivedAt) {
    return claimed.isAfter(receivedAt.plus(CLAMPED));
  }

  /** Before computers counted: an empty date that some library filled in, not history. */
  public static boolean isBeforeAllHistory(Instant claimed) {
    return claimed.isBefore(Instant.EPOCH);
  }
}
