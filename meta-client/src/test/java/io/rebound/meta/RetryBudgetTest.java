package io.rebound.meta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.meta.GraphClientTest.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final TestClock clock = new TestClock();
  private final RetryBudget budget = new RetryBudget(0.5, Duration.ofSeconds(1), clock);

  @Test
  void in_an_outage_repeats_end_with_the_reserve_and_then_one_goes_now_and_then() {
    int begun = 0;
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 100; i++) {
        if (budget.begin()) {
          begun++;
          budget.failed();
        }
      }
      clock.movesOn(Duration.ofSeconds(1));
    }

    assertThat(begun).isEqualTo(1 + 10 + 60);
  }

  @Test
  void with_one_call_of_five_failing_everything_is_repeated_at_once() {
    var random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      if (!budget.begin()) {
        refused++;
        clock.movesOn(Duration.ofSeconds(1));
      } else if (random.nextInt(10) < 2) {
        budget.failed();
      } else {
        budget.answered();
      }
    }

    assertThat(refused).isLessThan(10);
  }

  @Test
  void with_most_calls_failing_repeats_stay_a_share_of_what_is_answered() {
    var random = new Random(7);
    int answered = 0;
    int failed = 0;
    for (int i = 0; i < 10_000; i++) {
      if (budget.begin()) {
        if (random.nextInt(10) < 8) {
          budget.failed();
          failed++;
        } else {
          budget.answered();
          answered++;
        }
      }
    }

    assertThat((double) failed).isLessThanOrEqualTo(0.5 * answered + 10 + 1 + 1);
  }

  @Test
  void a_circuit_that_is_half_open_lets_a_single_call_through() {
    try (var meta = new ScriptedMeta(Clock.systemUTC())) {
      GraphClient client = meta.client();
      GraphCall call = GraphCall.get(Endpoint.EVENTS, "1", "1");
      meta.answers(503, ScriptedMeta.error(2, 0));
      for (int i = 0; i < 5; i++) {
        client.call(call, answer -> answer);
      }
      var answerNow = new CountDownLatch(1);
      meta.nowAnswersWith(exchange -> {
        awaitQuietly(answerNow);
        exchange.sendResponseHeaders(200, 2);
        exchange.getResponseBody().write("{}".getBytes(UTF_8));
      });
      await().until(() -> client.ready(Endpoint.EVENTS, "1"));

      List<Thread> callers =
          Stream.generate(() -> Thread.ofVirtual().start(() -> client.call(call, answer -> answer)))
              .limit(20)
              .toList();
      await().until(() -> callers.stream().filter(Thread::isAlive).count() == 1);

      assertThat(meta.asked).hasSize(6);
      assertThat(client.ready(Endpoint.EVENTS, "1")).as("another would be in vain").isFalse();
      answerNow.countDown();
      await().until(() -> callers.stream().noneMatch(Thread::isAlive));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
