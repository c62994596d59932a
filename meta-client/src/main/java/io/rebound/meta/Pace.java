package io.rebound.meta;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fast we may call, by what Meta's usage headers say before it has to say no. Meta counts
 * calls, not what is in them: against the app, the token, the account, and the account's use case.
 * All endpoints of an ad account draw on one budget. Calling a throttled account extends its block.
 */
final class Pace {
  private static final Duration NO_ROOM = Duration.ofMillis(100);

  private final Map<Key, Bucket> buckets = new HashMap<>();
  private final Clock clock;
  private final int concurrentCalls;
  private final MeterRegistry metrics;

  /**
   * A limit and whose it is; the limit is {@code app}, {@code token}, {@code account} or a use
   * case.
   */
  private record Key(String limit, String of) {}

  Pace(Clock clock, int concurrentCalls, MeterRegistry metrics) {
    this.clock = clock;
    this.concurrentCalls = concurrentCalls;
    this.metrics = metrics;
  }

  /** Until when the call has to wait; empty if it may begin. */
  synchronized Optional<Instant> waitsUntil(GraphCall call) {
    Instant now = clock.instant();
    Instant opensAt = now;
    for (Bucket bucket : buckets(call)) {
      Instant its = bucket.hasRoom(concurrentCalls) ? bucket.opensAt() : now.plus(NO_ROOM);
      opensAt = its.isAfter(opensAt) ? its : opensAt;
    }
    return opensAt.isAfter(now) ? Optional.of(opensAt) : Optional.empty();
  }

  /** Begins the call unless it has to wait; what began has to {@link #end}. */
  synchronized Optional<Instant> begin(GraphCall call) {
    Optional<Instant> waits = waitsUntil(call);
    if (waits.isEmpty()) {
      buckets(call).forEach(bucket -> bucket.begin(clock.instant()));
    }
    return waits;
  }

  synchronized void end(GraphCall call) {
    buckets(call).forEach(Bucket::end);
  }

  /** What an answer's headers say; no header of an answer that went well means little use. */
  synchronized void note(GraphCall call, Usage usage, boolean passed) {
    note(app(), usage.app(), passed);
    note(account(call), usage.account(), passed);
    note(useCase(call), usage.useCase(), passed);
    if (passed) {
      buckets(call).forEach(Bucket::passed);
    }
  }

  private void note(Key key, Optional<Usage.Limit> limit, boolean passed) {
    if (limit.isPresent() || passed) {
      bucket(key).note(limit.orElse(Usage.Limit.UNUSED), clock.instant());
    }
  }

  /** What Meta's throttle means, by its code: for the app, the token, the account or a use case. */
  synchronized Instant throttled(GraphCall call, Usage usage, GraphError error) {
    Duration told = usage.longestWait();
    if (error.code() == 17 && error.subcode() == 1885172) {
      told = Duration.ofDays(1); // the spend limit may change ten times a day
    }
    return bucket(throttledBy(call, error)).throttled(told, clock.instant());
  }

  private static Key throttledBy(GraphCall call, GraphError error) {
    return switch (error.code()) {
      case 4, 341 -> app();
      case 17 -> error.subcode() == 0 ? token(call) : account(call);
      case 32, 613 -> account(call);
      default -> useCase(call);
    };
  }

  private List<Bucket> buckets(GraphCall call) {
    return List.of(
        bucket(app()), bucket(token(call)), bucket(account(call)), bucket(useCase(call)));
  }

  private static Key app() {
    return new Key("app", "");
  }

  private static Key token(GraphCall call) {
    return new Key("token", call.token());
  }

  private static Key account(GraphCall call) {
    return new Key("account", call.account());
  }

  private static Key useCase(GraphCall call) {
    return new Key(call.endpoint().family(), call.account());
  }

  private Bucket bucket(Key key) {
    return buckets.computeIfAbsent(key, this::created);
  }

  private Bucket created(Key key) {
    var bucket = new Bucket();
    Gauge.builder("rebound.meta.pace.percent", bucket, Bucket::percent)
        .description("How much of Meta's limit is used, as its headers last said")
        .tags("limit", key.limit(), "of", key.of())
        .register(metrics);
    return bucket;
  }
}
