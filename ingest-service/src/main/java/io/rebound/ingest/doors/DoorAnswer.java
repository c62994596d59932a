package io.rebound.ingest.doors;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a door answers.
 *
 * @param retryAfter when the client may come again, for answers that ask it to
 * @param headers others than those of the body
 */
public record DoorAnswer(
    int status,
    String contentType,
    byte[] body,
    @Nullable Duration retryAfter,
    List<Header> headers) {

  /** A name may come several times. */
  public record Header(String name, String value) {}

  private static final JsonMapper JSON = JsonMapper.shared();

  public DoorAnswer(int status, String contentType, byte[] body, @Nullable Duration retryAfter) {
    this(status, contentType, body, retryAfter, List.of());
  }

  public static DoorAnswer json(int status, JsonNode body) {
    return new DoorAnswer(status, "application/json", JSON.writeValueAsBytes(body), null);
  }

  /** RFC 9457. */
  public static DoorAnswer problem(int status, JsonNode body) {
    return new DoorAnswer(status, "application/problem+json", JSON.writeValueAsBytes(body), null);
  }

  public DoorAnswer after(Duration pause) {
    return new DoorAnswer(status, contentType, body, pause, headers);
  }

  public DoorAnswer with(String name, String value) {
    List<Header> more =
        Stream.concat(headers.stream(), Stream.of(new Header(name, value))).toList();
    return new DoorAnswer(status, contentType, body, retryAfter, more);
  }
}
