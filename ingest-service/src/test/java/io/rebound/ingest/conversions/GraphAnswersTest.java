package io.rebound.ingest.conversions;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.ingest.doors.Door.Refusal;
import io.rebound.ingest.doors.DoorAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Codes as graph-api's tables have them: 2 comes again, 4 is a limit, 100 is the request's fault.
 */
class GraphAnswersTest {
  private static final Duration PAUSE = Duration.ofSeconds(7);

  @ParameterizedTest
  @EnumSource
  void what_is_not_the_requests_fault_may_come_again(Refusal refusal) {
    DoorAnswer answer = GraphAnswers.refused(refusal, PAUSE);

    JsonNode error = error(answer);
    boolean later = refusal.status() == 429 || refusal.status() >= 500;
    assertThat(answer.status()).isEqualTo(refusal.status());
    assertThat(answer.retryAfter()).isEqualTo(later ? PAUSE : null);
    assertThat(error.path("is_transient").booleanValue()).isEqualTo(later);
    assertThat(error.path("code").asInt()).isEqualTo(refusal.status() == 429 ? 4 : later ? 2 : 100);
    assertThat(error.path("error_data").path("field").asString()).isEqualTo(refusal.field());
    assertThat(error.path("fbtrace_id").asString()).isNotBlank();
  }

  @Test
  void what_could_not_be_kept_may_come_again() {
    DoorAnswer answer = GraphAnswers.notDurable(PAUSE);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.retryAfter()).isEqualTo(PAUSE);
    assertThat(error(answer).path("code").asInt()).isEqualTo(2);
    assertThat(error(answer).path("is_transient").booleanValue()).isTrue();
  }

  private static JsonNode error(DoorAnswer answer) {
    return JsonMapper.shared().readTree(answer.body()).path("error");
  }
}
