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
 * Codes as graph-api's tables have them: 2 comes again, 4 is a limit, 10 a permission, 104 and 190
 * are the token's, 100 is the request's fault.
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
    assertThat(error.path("code").asInt()).isEqualTo(code(refusal));
    // at a Meta-shaped door the write key is the access token
    String field = code(refusal) == 104 || code(refusal) == 190 ? "access_token" : refusal.field();
    assertThat(error.path("error_data").path("field").asString()).isEqualTo(field);
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

  private static int code(Refusal refusal) {
    return switch (refusal) {
      case NO_KEY -> 104;
      case UNKNOWN_KEY -> 190;
      case FORBIDDEN_ORIGIN -> 10;
      case TOO_MANY_EVENTS -> 4;
      case KEY_NOT_KNOWN_YET, DEFECT -> 2;
      default -> 100;
    };
  }

  private static JsonNode error(DoorAnswer answer) {
    return JsonMapper.shared().readTree(answer.body()).path("error");
  }
}
