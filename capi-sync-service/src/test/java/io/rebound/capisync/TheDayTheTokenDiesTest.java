package io.rebound.capisync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.meta.RotatingTokens;
import io.rebound.meta.Token;
import io.rebound.meta.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Meta takes nothing until a person acts: nothing is lost, and it goes on without a restart. */
@ExtendWith(OutputCaptureExtension.class)
class TheDayTheTokenDiesTest {
  private static final int EVENTS = 20;

  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final SimulatedMeta meta = capiSync.meta();
  private final String order = "order-" + UUID.randomUUID();
  private final String segment = "segment-" + UUID.randomUUID();

  @AfterEach
  void nothingFails() {
    meta.faults();
  }

  @AfterAll
  static void theUsualTokenIsBack() {
    put(SimulatedMeta.TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "401,190,460,token",
    "400,190,463,token",
    "403,200,0,permission",
    "403,10,0,permission",
    "403,200,1870090,terms",
    "400,100,33,asset"
  })
  void what_waits_for_a_person_is_kept_and_goes_on_with_a_new_token(
      int status, int code, int subcode, String problem, CapturedOutput output) {
    meta.faults(
        """
        {"path":"/(events|users|customaudiences)$","status":%d,
         "error":{"code":%d,"error_subcode":%d}}\
        """
            .formatted(status, code, subcode));
    List<String> emails =
        IntStream.range(0, EVENTS).mapToObj(i -> i + "-" + order + "@shop.example").toList();
    for (int number = 0; number < EVENTS; number++) {
      var shopper = new Shopper(capiSync);
      shopper.goesBy(emails.get(number));
      shopper.joins(segment);
      shopper.buys(order + "-" + number);
    }
    await().until(() -> held(problem) > 0);
    for (int number = 0; number < EVENTS; number++) {
      becomes(order + "-" + number, "queued");
    }
    await().until(() -> capiSync.audience(segment).path("pending").asInt(0) == EVENTS);
    assertThat(meta.struckAny()).as("calls while nothing can go").isBetween(1, 4);

    meta.faults(); // what the person has put right
    assertThat(put(UUID.randomUUID() + "-refused")).isEqualTo(204);
    await().until(() -> held("token") > 0); // tried at once, and it isn't one of Meta's
    assertThat(put(SimulatedMeta.OTHER_TOKEN)).isEqualTo(204);

    for (int number = 0; number < EVENTS; number++) {
      becomes(order + "-" + number, "delivered");
      assertThat(meta.deliveries(order + "-" + number)).isEqualTo(1);
    }
    await()
        .untilAsserted(() ->
            assertThat(meta.emails(segment))
                .containsExactlyInAnyOrderElementsOf(
                    emails.stream().map(Shopper::sha256).toList()));
    await().until(() -> held("token") + held(problem) == 0);
    assertThat(output.getAll().split("put right first", -1).length - 1)
        .as("alerts: the dataset's, the ad account's, the refused token's")
        .isBetween(1, 3);
  }

  @Test
  void a_token_that_was_put_outlives_a_restart_and_nobody_reads_it(CapturedOutput output) {
    assertThat(put(SimulatedMeta.OTHER_TOKEN)).isEqualTo(204);

    capiSync.stop();
    capiSync.start();

    assertThat(capiSync.bean(RotatingTokens.class).current(Tokens.DEFAULT))
        .isEqualTo(new Token(SimulatedMeta.OTHER_TOKEN));
    new Shopper(capiSync).buys(order);
    becomes(order, "delivered");
    assertThat(
            capiSync
                .bean(JdbcClient.class)
                .sql("select sealed from meta_token")
                .query(String.class)
                .single())
        .doesNotContain(SimulatedMeta.OTHER_TOKEN);
    assertThat(output.getAll()).doesNotContain(SimulatedMeta.OTHER_TOKEN);
  }

  @Test
  void only_a_token_that_calls_use_can_be_put() {
    assertThat(capiSync.put("/v1/tokens/unknown", "{\"token\":\"some\"}").statusCode())
        .isEqualTo(404);
    assertThat(capiSync.put("/v1/tokens/default", "{\"token\":\"two words\"}").body())
        .contains("must be an access token")
        .doesNotContain("two words");
    assertThat(capiSync.put("/v1/tokens/default", "{}").statusCode()).isEqualTo(400);
  }

  private static int put(String token) {
    return RunningCapiSync.get()
        .put("/v1/tokens/default", "{\"token\":\"" + token + "\"}")
        .statusCode();
  }

  private double held(String problem) {
    return capiSync.metric("rebound.meta.setup.held", "problem", problem);
  }

  private void becomes(String eventId, String state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(capiSync.delivery(eventId).path("state").asString("unknown"))
                .as(capiSync.delivery(eventId).toString())
                .isEqualTo(state));
  }
}
