package io.rebound.ingest.tracking;

import io.rebound.ingest.intake.ArrivalTime;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a message happened, by Segment's formula {@code receivedAt - (sentAt - timestamp)}, which
 * takes a client's wrong clock out. The formula is left alone where it would do harm: in imports,
 * in a message whose time lies more than a day before it was sent (somebody meant that time, or a
 * phone was offline), and where the clock contradicts itself.
 *
 * @param at when it happened, never after it arrived
 * @param claimedAt what the client said, where that is a second or more away; for audit
 */
record SegmentTime(Instant at, @Nullable Instant claimedAt) {
  private static final Duration MEANT = Duration.ofDays(1);
  private static final Duration JITTER = Duration.ofSeconds(5);
  private static final Duration WORTH_NOTING = Duration.ofSeconds(1);

  /**
   * @param sentAt the message's own or its batch's, as far as it can be read
   * @param imported the message came by the import path
   */
  static SegmentTime of(
      Fields message, Optional<Instant> sentAt, Instant receivedAt, boolean imported) {
    Optional<Instant> claim = claim(message);
    if (claim.isEmpty()) {
      return new SegmentTime(receivedAt, null);
    }
    Instant at = happened(claim.get(), sentAt, receivedAt, imported);
    boolean worthNoting = Duration.between(claim.get(), at).abs().compareTo(WORTH_NOTING) >= 0;
    return new SegmentTime(at, worthNoting ? claim.get() : null);
  }

  private static Instant happened(
      Instant claimed, Optional<Instant> sentAt, Instant receivedAt, boolean imported) {
    if (!imported && sentAt.isPresent()) {
      Duration lag = Duration.between(claimed, sentAt.get());
      if (lag.compareTo(JITTER.negated()) >= 0 && lag.compareTo(MEANT) <= 0) {
        return ArrivalTime.clamp(receivedAt.minus(lag), receivedAt);
      }
    }
    if (ArrivalTime.isFarFuture(claimed, receivedAt)) {
      throw new InvalidEvent("timestamp", "lies more than 24 hours in the future");
    }
    if (ArrivalTime.isBeforeAllHistory(claimed)) {
      throw new InvalidEvent("timestamp", "lies before 1970");
    }
    boolean contradictory =
        !imported && sentAt.isPresent() && claimed.isAfter(sentAt.get().plus(JITTER));
    return contradictory ? receivedAt : ArrivalTime.clamp(claimed, receivedAt);
  }

  private static Optional<Instant> claim(Fields message) {
    // RudderStack's SDKs write originalTimestamp; where both are given, timestamp was corrected
    // once
    for (String name : new String[] {"originalTimestamp", "timestamp"}) {
      if (message.has(name)) {
        return Optional.of(
            Timestamps.read(message.json().path(name))
                .orElseThrow(
                    () -> new InvalidEvent(name, "must be a time in ISO-8601, with time zone")));
      }
    }
    return Optional.empty();
  }
}
