package io.rebound.ingest.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.ingest.publishing.Availability.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Times are seconds of the test's own clock. */
class AvailabilityTest {
  private final Availability kafka = new Availability(0);

  @Test
  void nothing_is_handed_to_a_kafka_that_nobody_has_seen() {
    assertThat(kafka.admits()).isFalse();
    assertThat(kafka.awayFor(at(3))).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void a_request_that_is_not_acknowledged_turns_all_others_away() {
    kafka.usable(at(1));

    kafka.failed(at(2), at(3), "late");

    assertThat(kafka.state()).isEqualTo(State.AWAY);
    assertThat(kafka.admits()).isFalse();
    assertThat(kafka.awayFor(at(5))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void one_request_tries_a_kafka_that_answers_again_and_its_acknowledgement_decides() {
    kafka.usable(at(1));
    kafka.failed(at(2), at(3), "late");

    kafka.answers();
    assertThat(kafka.admits()).isTrue();
    assertThat(kafka.admits()).isFalse();

    kafka.acknowledged(at(4), at(5));
    assertThat(kafka.admits()).isTrue();
    assertThat(kafka.awayFor(at(6))).isZero();
  }

  @Test
  void after_a_trial_that_failed_kafka_must_answer_before_there_is_another() {
    kafka.usable(at(1));
    kafka.failed(at(2), at(3), "late");
    kafka.answers();
    assertThat(kafka.admits()).isTrue();

    kafka.failed(at(4), at(5), "late");
    assertThat(kafka.admits()).isFalse();

    kafka.answers();
    assertThat(kafka.admits()).isTrue();
  }

  @Test
  void a_late_acknowledgement_of_an_earlier_request_does_not_end_the_trial() {
    kafka.usable(at(1));
    kafka.failed(at(2), at(4), "late");

    kafka.acknowledged(at(3), at(5));

    assertThat(kafka.state()).isEqualTo(State.AWAY);
  }

  @Test
  void a_late_failure_of_an_earlier_request_does_not_turn_away_a_kafka_that_came_back() {
    kafka.usable(at(1));
    kafka.failed(at(2), at(3), "late");
    kafka.usable(at(10));

    kafka.failed(at(3), at(12), "TimeoutException");

    assertThat(kafka.state()).isEqualTo(State.USABLE);
  }

  @Test
  void one_that_comes_and_goes_is_counted_and_one_that_stays_is_forgiven() {
    kafka.usable(at(0));
    kafka.failed(at(60), at(60), "late");
    assertThat(kafka.relapses()).isZero();

    kafka.usable(at(61));
    kafka.failed(at(62), at(62), "late");
    kafka.usable(at(63));
    kafka.failed(at(64), at(64), "late");
    assertThat(kafka.relapses()).isEqualTo(2);

    kafka.usable(at(65));
    kafka.failed(at(120), at(120), "late");
    assertThat(kafka.relapses()).isZero();
  }

  private static long at(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
