package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What HTTP/1.1 (RFC 9112) asks of a connection that doors and framework share. */
class DoorConnectionTest {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
  private static final String TRACK = "{\"type\":\"track\",\"event\":\"Looked\",\"userId\":\"u1\"}";
  private static final String LAST = "Connection: close\r\n";

  private final RunningIngest ingest = RunningIngest.get();

  @Test
  void requests_sent_without_waiting_are_answered_in_their_order() throws IOException {
    String answers =
        exchange(
            post("/v1/track", TRACK, "") + get("/v1/track", "") + post("/v1/track", TRACK, LAST));

    assertThat(statuses(answers)).containsExactly("200", "405", "200");
  }

  @Test
  void a_door_behind_the_framework_waits_for_its_answer_and_the_other_way_round()
      throws IOException {
    String answers =
        exchange(
            get("/actuator/health", "")
                + post("/v1/track", TRACK, "")
                + get("/actuator/health", "")
                + post("/v1/track", "{", LAST));

    assertThat(statuses(answers)).containsExactly("200", "200", "200", "400");
    assertThat(answers.indexOf("\"UP\"")).isLessThan(answers.indexOf("\"success\":true"));
  }

  @Test
  void a_connection_outlives_its_requests_unless_it_is_told_otherwise() throws IOException {
    var requests = new StringBuilder();
    for (int number = 0; number < 50; number++) {
      requests.append(post("/v1/track", TRACK, ""));
    }

    assertThat(statuses(exchange(requests + post("/v1/track", TRACK, LAST)))).hasSize(51);
  }

  @Test
  void an_old_client_that_asks_for_nothing_more_is_left() throws IOException {
    String answer = exchange(post("/v1/track", TRACK, "").replaceFirst("HTTP/1.1", "HTTP/1.0"));

    assertThat(statuses(answer)).containsExactly("200");
  }

  @Test
  void a_client_that_closes_its_half_after_a_request_still_gets_the_answer() throws IOException {
    for (int number = 0; number < 20; number++) {
      String answers = exchangeThenClose(post("/v1/track", TRACK, "") + post("/v1/track", "{", ""));

      assertThat(statuses(answers)).containsExactly("200", "400");
    }
  }

  @Test
  void a_client_that_closes_its_half_in_the_middle_of_a_request_is_left() throws IOException {
    String whole = post("/v1/track", TRACK, "");
    String half = whole.substring(0, whole.length() - 10);

    assertThat(exchangeThenClose(half)).isEmpty();
  }

  @Test
  void a_client_that_asks_before_it_sends_is_told_to_go_on() throws IOException {
    String answers = exchange(post("/v1/track", TRACK, LAST + "Expect: 100-continue\r\n"));

    assertThat(statuses(answers)).containsExactly("100", "200");
  }

  @Test
  void a_body_that_announces_too_much_is_refused_before_it_comes() throws IOException {
    String head =
        post("/v1/track", "", "").replace("Content-Length: 0", "Content-Length: 99999999");

    String answer = exchange(head);

    assertThat(statuses(answer)).containsExactly("413");
    assertThat(answer).containsIgnoringCase("connection: close");
  }

  @Test
  void a_body_of_unknown_length_is_refused_when_it_has_become_too_long() throws IOException {
    String head =
        post("/v1/track", "", "").replace("Content-Length: 0", "Transfer-Encoding: chunked");
    String piece = "4000\r\n" + "x".repeat(0x4000) + "\r\n";

    assertThat(statuses(exchange(head + piece.repeat(5) + "0\r\n\r\n"))).containsExactly("413");
  }

  /** All that comes until the server closes. */
  private String exchange(String requests) throws IOException {
    try (var socket = new Socket("127.0.0.1", URI.create(ingest.at("")).getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(requests.getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /** All that comes after the client has said that it will send nothing more. */
  private String exchangeThenClose(String requests) throws IOException {
    try (var socket = new Socket("127.0.0.1", URI.create(ingest.at("")).getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(requests.getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String post(String path, String body, String headers) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
        + RunningIngest.basic(RunningIngest.WRITE_KEY)
        + "\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String get(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }

  private static List<String> statuses(String answers) {
    return STATUS.matcher(answers).results().map(found -> found.group(1)).toList();
  }
}
