package io.rebound.meta;

import static io.rebound.meta.ScriptedMeta.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.meta.GraphClientTest.TestClock;
import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphOutcome.Setup;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What waits for a person. */
@ExtendWith(OutputCaptureExtension.class)
class HoldsTest {
  private static final GraphCall EVENTS =
      GraphCall.post(Endpoint.EVENTS, "1", "1/events", "{\"data\":[]}");

  private final TestClock clock = new TestClock();
  private final ScriptedMeta meta = new ScriptedMeta(clock);
  private final GraphClient client = meta.client();

  @AfterEach
  void close() {
    meta.close();
  }

  @ParameterizedTest
  @CsvSource({
    "190,460,TOKEN",
    "190,463,TOKEN",
    "200,0,PERMISSION",
    "10,0,PERMISSION",
    "200,1870090,TERMS",
    "100,33,ASSET",
    "1487301,0,AUDIENCE",
    "2635,0,VERSION",
    "368,0,BLOCKED"
  })
  void one_call_meets_the_problem_and_the_others_wait(
      int code, int subcode, SetupProblem problem, CapturedOutput output) {
    meta.answers(400, error(code, subcode));

    for (int i = 0; i < 10; i++) {
      assertThat(call(EVENTS))
          .isInstanceOfSatisfying(
              Setup.class, setup -> assertThat(setup.problem()).isEqualTo(problem));
    }

    assertThat(meta.asked).hasSize(1);
    assertThat(held(problem)).isEqualTo(1);
    assertThat(output.getAll()).containsOnlyOnce("put right first").contains(problem.cure());
  }

  @Test
  void now_and_then_a_single_call_tries_and_after_the_cure_all_go(CapturedOutput output) {
    meta.answers(403, error(200, 0));
    call(EVENTS);
    for (int probe = 1; probe <= 3; probe++) {
      clock.movesOn(Duration.ofSeconds(30));
      assertThat(ready()).isTrue();
      call(EVENTS);
      call(EVENTS);
      assertThat(ready()).isFalse();
      assertThat(meta.asked).hasSize(1 + probe);
    }
    assertThat(output.getAll()).as("no alert for each try").containsOnlyOnce("put right first");

    meta.nowAnswers(200, "{}");
    clock.movesOn(Duration.ofSeconds(30));

    assertThat(call(EVENTS)).isInstanceOf(Done.class);
    assertThat(call(EVENTS)).isInstanceOf(Done.class);
    assertThat(held(SetupProblem.PERMISSION)).isZero();
    assertThat(output.getAll()).containsOnlyOnce("It is put right");
  }

  @Test
  void a_rejected_token_holds_every_account_until_it_is_replaced() {
    meta.answers(401, error(190, 463));
    call(EVENTS);
    assertThat(call(users("6001"))).isInstanceOf(Setup.class);
    assertThat(meta.asked).hasSize(1);

    meta.nowAnswers(200, "{}");
    meta.tokens.replace(Tokens.DEFAULT, new Token("fresh"));

    assertThat(ready()).isTrue();
    assertThat(call(users("6001"))).isInstanceOf(Done.class);
    assertThat(call(EVENTS)).isInstanceOf(Done.class);
    assertThat(meta.asked.getLast().authorization()).isEqualTo("Bearer fresh");
  }

  @Test
  void the_same_token_put_once_more_is_tried_at_once() {
    meta.answers(403, error(200, 0)).answers(200, "{}");
    call(EVENTS);
    assertThat(ready()).isFalse();

    meta.tokens.replace(Tokens.DEFAULT, new Token("tok"));

    assertThat(call(EVENTS)).isInstanceOf(Done.class);
  }

  @Test
  void a_blocked_audience_holds_itself_alone() {
    meta.answers(400, error(100, 1713230)).answers(200, "{}");

    assertThat(call(users("6001"))).isInstanceOf(Setup.class);
    assertThat(call(users("6002"))).isInstanceOf(Done.class);
    assertThat(call(users("6001"))).isInstanceOf(Setup.class);
    assertThat(meta.asked).hasSize(2);
  }

  @Test
  void reading_neither_waits_for_terms_nor_proves_that_they_are_accepted() {
    meta.answers(403, error(200, 1870090)).answers(200, "{}");
    call(users("6001"));

    assertThat(call(GraphCall.get(Endpoint.AUDIENCES, "act_2", "act_2/customaudiences")))
        .isInstanceOf(Done.class);
    assertThat(call(users("6002"))).isInstanceOf(Setup.class);
  }

  @Test
  void an_account_that_meta_blocked_is_left_alone_for_hours() {
    meta.answers(403, error(368, 0));
    call(EVENTS);
    clock.movesOn(Duration.ofMinutes(59));
    call(EVENTS);
    assertThat(meta.asked).hasSize(1);

    clock.movesOn(Duration.ofMinutes(1));
    call(EVENTS);
    assertThat(meta.asked).hasSize(2);
  }

  private boolean ready() {
    return client.ready(Endpoint.EVENTS, "1");
  }

  private GraphOutcome<JsonNode> call(GraphCall call) {
    return client.call(call, answer -> answer);
  }

  private static GraphCall users(String audience) {
    return GraphCall.post(Endpoint.AUDIENCE_USERS, "act_2", audience + "/users", "{}")
        .about(audience);
  }

  private double held(SetupProblem problem) {
    return meta.metrics
        .get("rebound.meta.setup.held")
        .tag("problem", problem.label())
        .gauge()
        .value();
  }
}
