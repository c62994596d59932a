package io.rebound.ingest.doors;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a door answers.
 *
 * @param contentType of the body, a kind of JSON
 * @param retryAfter when the client may come again, for answers that ask it to
 */
public record DoorAnswer(
    int status, String contentType, byte[] body, @Nullable Duration retryAfter) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public static DoorAnswer json(int status, JsonNode body) {
    return new DoorAnswer(status, "application/json", JSON.writeValueAsBytes(body), null);
  }

  /** RFC 9457. */
  public static DoorAnswer problem(int status, JsonNode body) {
    return new DoorAnswer(status, "application/problem+json", JSON.writeValueAsBytes(body), null);
  }

  public DoorAnswer after(Duration pause) {
    return new DoorAnswer(status, contentType, body, pause);
  }
}
