package io.rebound.meta;

import static io.rebound.meta.ScriptedMeta.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphOutcome.Refused;
import io.rebound.meta.GraphOutcome.RetryLater;
import io.rebound.meta.GraphOutcome.Throttled;
import io.rebound.meta.GraphOutcome.Unknown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GraphClientTest {
  private static final GraphCall CALL =
      GraphCall.post(Endpoint.EVENTS, "1000000001", "1000000001/events", "{\"data\":[]}");

  private final TestClock clock = new TestClock();
  private final ScriptedMeta meta = new ScriptedMeta(clock);
  private final GraphClient client = meta.client();

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void a_call_carries_version_token_and_proof() {
    meta.answers(200, "{\"ok\":1}");

    assertThat(call()).isInstanceOf(Done.class);

    ScriptedMeta.Asked asked = meta.asked.getFirst();
    assertThat(asked.uri().getPath()).isEqualTo("/v26.0/1000000001/events");
    assertThat(asked.authorization()).isEqualTo("Bearer tok");
    assertThat(asked.body()).isEqualTo("{\"data\":[]}");
    // Meta's guide: HMAC-SHA-256 of the token under the app's secret
    assertThat(asked.uri().getQuery())
        .isEqualTo(
            "appsecret_proof=f0c099f5e1c2eaf7ec38d2ecff522ea9fe584937e6f681b12734af2b1fe25e2c");
  }

  @Test
  void the_code_decides_and_not_the_status() {
    meta.nowAnswers(400, error(2, 0));
    assertThat(call()).isInstanceOf(RetryLater.class);
    meta.nowAnswers(500, error(100, 2804003));
    assertThat(call())
        .isEqualTo(
            new Refused<>(new GraphError(500, 100, 2804003, "OAuthException", "told", "A1")));
    meta.nowAnswers(200, error(100, 2804050));
    assertThat(call()).as("an error under status 200").isInstanceOf(Refused.class);
  }

  @Test
  void what_can_not_be_read_may_have_been_done() {
    meta.nowAnswers(502, "<html>Bad gateway</html>");
    assertThat(call()).isInstanceOf(Unknown.class);
    meta.nowAnswers(200, "{\"events_received\":");
    assertThat(call()).as("half an answer").isInstanceOf(Unknown.class);
    meta.nowAnswersWith(exchange -> {}); // closes without an answer
    assertThat(call()).as("no answer").isInstanceOf(Unknown.class);
    meta.nowAnswers(413, "<html>Too large</html>");
    assertThat(call()).as("turned away on its way").isInstanceOf(RetryLater.class);
  }

  @Test
  void an_answer_of_another_form_is_unknown() {
    meta.answers(200, "{\"surprise\":true}");

    assertThat(client.call(CALL, answer -> answer.required("id").asString()))
        .isInstanceOf(Unknown.class);
  }

  @Test
  void a_body_that_never_ends_does_not_hold_the_caller() {
    var done = new CountDownLatch(1);
    meta.nowAnswersWith(exchange -> {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write("{\"events".getBytes(UTF_8));
      exchange.getResponseBody().flush();
      awaitQuietly(done);
    });

    assertThat(call()).isInstanceOf(Unknown.class);
    done.countDown();
  }

  @Test
  void without_a_connection_nothing_was_sent_and_the_work_waits() {
    meta.isDown();

    assertThat(call()).isInstanceOf(RetryLater.class);
  }

  @Test
  void a_throttled_account_does_not_call_until_its_time_is_over() {
    meta.answers(
        400,
        error(80003, 2446079),
        "X-Business-Use-Case-Usage",
        """
        {"1000000001":[{"type":"custom_audience","call_count":100,"estimated_time_to_regain_access":3}],\
        "42":[{"type":"ads_management","call_count":100,"estimated_time_to_regain_access":19}]}\
        """);

    GraphOutcome<JsonNode> throttled = call();

    Instant until = clock.instant().plus(Duration.ofMinutes(3));
    assertThat(throttled)
        .isInstanceOfSatisfying(Throttled.class, is -> assertThat(is.until()).isEqualTo(until));
    meta.nowAnswers(200, "{}");
    assertThat(call()).isInstanceOf(Throttled.class);
    assertThat(meta.asked).as("calling while throttled extends the block").hasSize(1);
    assertThat(client.call(otherAccount(), answer -> answer)).isInstanceOf(Done.class);

    clock.movesOn(Duration.ofMinutes(3));

    assertThat(call()).isInstanceOf(Done.class);
  }

  @Test
  void an_app_that_is_used_up_pauses_every_account() {
    meta.answers(200, "{}", "X-App-Usage", "{\"call_count\":100,\"total_time\":25}");

    assertThat(call()).isInstanceOf(Done.class);

    assertThat(client.call(otherAccount(), answer -> answer)).isInstanceOf(Throttled.class);
    clock.movesOn(Duration.ofMinutes(1));
    assertThat(client.call(otherAccount(), answer -> answer)).isInstanceOf(Done.class);
  }

  @Test
  void the_circuit_opens_in_an_outage_and_single_tries_close_it_again() {
    meta.answers(503, error(2, 0));
    for (int i = 0; i < 5; i++) {
      call();
    }
    int askedBefore = meta.asked.size();

    assertThat(call()).isInstanceOf(RetryLater.class);

    assertThat(meta.asked).as("an open circuit asks nobody").hasSize(askedBefore);
    assertThat(client.call(otherAccount(), answer -> answer)).isInstanceOf(RetryLater.class);
    assertThat(meta.asked).as("another account has its own").hasSize(askedBefore + 1);
    meta.nowAnswers(200, "{}");
    await().atMost(Duration.ofSeconds(5)).until(() -> call() instanceof Done);
    assertThat(meta.metrics.get("resilience4j.circuitbreaker.state").meters()).isNotEmpty();
    assertThat(
            meta.metrics
                .get("rebound.meta.calls")
                .tags("endpoint", "events", "outcome", "retry_later", "sent", "true")
                .counter()
                .count())
        .isEqualTo(6);
  }

  @Test
  void refusals_do_not_open_the_circuit() {
    meta.answers(400, error(100, 2804050));

    for (int i = 0; i < 20; i++) {
      assertThat(call()).isInstanceOf(Refused.class);
    }
  }

  @Test
  void a_token_is_replaced_without_a_restart(@TempDir Path folder) throws Exception {
    meta.answers(200, "{}");
    Path file = Files.writeString(folder.resolve("token"), "from-file\n");
    meta.tokens.watch(Tokens.DEFAULT, file);
    call();

    Files.writeString(file, "rotated\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    clock.movesOn(Duration.ofSeconds(2));
    call();

    meta.tokens.replace(Tokens.DEFAULT, new Token("by-hand"));
    call();

    assertThat(meta.asked)
        .extracting(ScriptedMeta.Asked::authorization)
        .containsExactly("Bearer from-file", "Bearer rotated", "Bearer by-hand");
  }

  @Test
  void no_text_shows_a_secret() {
    assertThat(new Token("tok")).hasToString("Token[…]");
    assertThat(meta.properties().toString()).doesNotContain("secret");
    assertThat(CALL.with("to", "+4915112345678").toString()).isEqualTo("POST events of 1000000001");
  }

  private GraphOutcome<JsonNode> call() {
    return client.call(CALL, answer -> answer);
  }

  private static GraphCall otherAccount() {
    return GraphCall.get(Endpoint.EVENTS, "1000000002", "1000000002");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A clock that a test moves. */
  static final class TestClock extends Clock {
    private Instant now = Instant.parse("2026-11-24T08:00:00Z");

    void movesOn(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return InstantSource.fixed(now).withZone(zone);
    }
  }
}
