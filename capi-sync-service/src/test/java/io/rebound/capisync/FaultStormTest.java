package io.rebound.capisync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Meta fails at random, or altogether: nothing is lost, and it isn't called more than it helps. */
class FaultStormTest {
  private static final double FAULT_SHARE = 0.3;

  /** One after the other they leave 0.94 to the sixth of the calls alone: 69 in a hundred. */
  private static final String[] EVERY_KIND = {
    rule("\"percent\":6,\"status\":500,\"error\":{\"code\":1}"),
    rule("\"percent\":6,\"status\":503,\"error\":{\"code\":2,\"is_transient\":true}"),
    rule("\"percent\":6,\"status\":502,\"html\":true"),
    rule("\"percent\":6,\"reset\":true"),
    rule("\"percent\":6,\"reset\":true,\"after_effect\":true"),
    rule("\"percent\":6,\"hang_ms\":1200,\"after_effect\":true")
  };

  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final SimulatedMeta meta = capiSync.meta();
  private final String order = "order-" + UUID.randomUUID();
  private final String segment = "segment-" + UUID.randomUUID();

  @BeforeAll
  static void requestsAreMany() {
    RunningCapiSync.get()
        .restart(
            Map.of(
                "rebound.capi-sync.conversions.batch-size", 5,
                "rebound.meta.probe-after", "300ms",
                "rebound.meta.probe-at-least-every", "2s"));
  }

  @AfterAll
  static void asUsual() {
    RunningCapiSync.get().restart(Map.of());
  }

  @AfterEach
  void nothingFails() {
    meta.faults();
  }

  @Test
  void with_three_calls_of_ten_failing_each_event_and_member_arrives_once() {
    surviveFaults(300, Duration.ofMinutes(1));
  }

  @Test
  @Tag("faults")
  void with_three_calls_of_ten_failing_for_minutes_each_event_and_member_arrives_once() {
    surviveFaults(5_000, Duration.ofMinutes(10));
  }

  private void surviveFaults(int events, Duration atMost) {
    double doneBefore = calls("done");
    double allBefore = sent();
    meta.faults(EVERY_KIND);
    List<Shopper> shoppers =
        IntStream.range(0, events / 10).mapToObj(_ -> new Shopper(capiSync)).toList();
    for (int number = 0; number < events; number++) {
      Shopper shopper = shoppers.get(number % shoppers.size());
      if (number < shoppers.size()) {
        shopper.goesBy(number + "-" + order + "@shop.example");
        shopper.joins(segment);
      }
      shopper.buys(order + "-" + number);
    }

    await()
        .atMost(atMost)
        .untilAsserted(() -> {
          assertThat(capiSync.metric("rebound_capi_sync_conversions_queued")).isZero();
          assertThat(capiSync.audience(segment).path("pending").asInt(-1)).isZero();
        });
    for (int number = 0; number < events; number++) {
      assertThat(meta.event(order + "-" + number).path("event_id").asString(""))
          .as(capiSync.delivery(order + "-" + number).toString())
          .isEqualTo(order + "-" + number);
    }
    assertThat(meta.audiences(segment)).hasSize(1);
    assertThat(meta.emails(segment))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, shoppers.size())
                .mapToObj(number -> Shopper.sha256(number + "-" + order + "@shop.example"))
                .toList());
    assertThat(meta.struckAny()).as("calls that failed").isGreaterThan(5);
    double needed = calls("done") - doneBefore;
    assertThat(sent() - allBefore)
        .as("requests, of which %s were needed", needed)
        .isLessThanOrEqualTo(1.5 * needed / (1 - FAULT_SHARE));
  }

  @Test
  void in_an_outage_single_calls_try_and_after_it_the_backlog_drains() {
    meta.faults("{\"path\":\"/events$\",\"status\":503,\"error\":{\"code\":2}}");
    var shopper = new Shopper(capiSync);
    for (int number = 0; number < 200; number++) {
      shopper.buys(order + "-" + number);
    }
    await().until(() -> capiSync.metric("rebound_capi_sync_conversions_queued") >= 200);
    await().until(() -> open() == 1);
    int before = meta.struck();

    // 0.3 s, 0.6, 1.2, then every 2 s, each a quarter longer or shorter
    await()
        .during(Duration.ofSeconds(6))
        .atMost(Duration.ofSeconds(8))
        .until(() -> meta.struck() - before <= 8);
    assertThat(meta.struck() - before).as("it is tried").isPositive();

    meta.faults();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> capiSync.metric("rebound_capi_sync_conversions_queued") == 0);
    for (int number = 0; number < 200; number++) {
      assertThat(meta.deliveries(order + "-" + number)).isEqualTo(1);
    }
  }

  private double open() {
    return capiSync.metric(
        "resilience4j.circuitbreaker.state",
        "state",
        "open",
        "name",
        "events/" + SimulatedMeta.DATASET);
  }

  private double calls(String outcome) {
    return capiSync.metric("rebound.meta.calls", "outcome", outcome, "sent", "true");
  }

  private double sent() {
    return capiSync.metric("rebound.meta.calls", "sent", "true");
  }

  private static String rule(String rest) {
    return "{\"path\":\"/(events|users|customaudiences)$\"," + rest + "}";
  }
}
