package io.rebound.ingest.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventBucketTest {
  private final Time time = new Time();

  @Test
  void a_burst_passes_at_once_and_then_the_rate_holds() {
    EventBucket bucket = bucket(10, 50);

    assertThat(bucket.take(50)).isZero();
    assertThat(bucket.take(1)).isEqualTo(Duration.ofSeconds(1)); // 0.1 s, in whole seconds
    time.pass(Duration.ofMillis(100));
    assertThat(bucket.take(1)).isZero();
    assertThat(bucket.take(1)).isPositive();
  }

  @Test
  void a_refused_request_takes_nothing_and_is_told_when_it_passes() {
    EventBucket bucket = bucket(10, 50);
    bucket.take(50);

    assertThat(bucket.take(45)).isEqualTo(Duration.ofSeconds(5)); // 45 / 10, rounded up
    assertThat(bucket.take(45)).isEqualTo(Duration.ofSeconds(5));
    time.pass(Duration.ofSeconds(5)); // 50 are back
    assertThat(bucket.take(45)).isZero();
    assertThat(bucket.take(6)).isPositive();
    assertThat(bucket.take(5)).isZero();
  }

  @Test
  void a_batch_larger_than_the_burst_passes_when_it_is_full_and_is_paid_for() {
    EventBucket bucket = bucket(10, 50);

    assertThat(bucket.take(200)).isZero(); // leaves a debt of 150
    assertThat(bucket.take(10)).isEqualTo(Duration.ofSeconds(16)); // (150 + 10) / 10
    time.pass(Duration.ofSeconds(16));
    assertThat(bucket.take(10)).isZero();
    assertThat(bucket.take(200)).isEqualTo(Duration.ofSeconds(5)); // full again
  }

  @Test
  void a_pause_saves_no_more_than_the_burst() {
    EventBucket bucket = bucket(10, 50);
    time.pass(Duration.ofDays(30));

    assertThat(bucket.take(50)).isZero();
    assertThat(bucket.take(1)).isPositive();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_more_passes_than_burst_and_rate_allow_and_who_waits_as_told_passes(long seed) {
    var random = new Random(seed);
    long rate = 1 + random.nextInt(1000);
    long burst = 1 + random.nextInt(5000);
    EventBucket bucket = bucket(rate, burst);
    long passed = 0;
    for (int i = 0; i < 300; i++) {
      time.pass(Duration.ofNanos(random.nextLong(2_000_000_000)));
      int events = 1 + random.nextInt((int) burst);
      Duration pause = bucket.take(events);
      if (!pause.isZero() && random.nextBoolean()) {
        time.pass(pause);
        pause = bucket.take(events);
        assertThat(pause).isZero();
      }
      passed += pause.isZero() ? events : 0;
      assertThat((double) passed).isLessThanOrEqualTo(burst + rate * time.nanos / 1e9 + 1);
    }
  }

  static LongStream seeds() {
    Long seed = Long.getLong("seed");
    return seed != null ? LongStream.of(seed) : new Random().longs(50);
  }

  private EventBucket bucket(long rate, long burst) {
    return new EventBucket(new EventLimit(rate, burst), time);
  }

  /** Time that passes when a test says so. */
  private static final class Time implements TimeMeter {
    private long nanos;

    void pass(Duration some) {
      nanos += some.toNanos();
    }

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
