package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.ingest.RunningIngest.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Uploads that break off, come again, or come with another file. */
class ResumedImportTest {
  private static final String PATH = "/v1/imports/offline-events";
  private static final int BATCH = 500;
  private final RunningIngest ingest = RunningIngest.get();
  private final String key = UUID.randomUUID().toString();

  @Test
  void an_upload_whose_connection_breaks_goes_on_with_its_key() throws IOException {
    String file = file(3 * BATCH);
    int before = ingest.count(RunningIngest.SOURCE);

    JsonNode stopped;
    try (Socket connection = begin(file.substring(0, file.indexOf(row(2 * BATCH + 100))))) {
      await().until(() -> newest().path("rows").intValue() == 2 * BATCH);
      stopped = newest();
    }
    assertThat(stopped.path("state").stringValue()).isEqualTo("running");
    await().until(() -> newest().path("state").stringValue().equals("stopped"));
    assertThat(ingest.count(RunningIngest.SOURCE)).isEqualTo(before + 2 * BATCH);

    double published = rowsAccepted();
    Answer answer = upload(file);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(answer.body().path("import_id")).isEqualTo(stopped.path("import_id"));
    assertThat(answer.body().path("rows").intValue()).isEqualTo(3 * BATCH);
    assertThat(answer.body().path("accepted").intValue()).isEqualTo(3 * BATCH);
    assertThat(rowsAccepted() - published).as("only the rest was published").isEqualTo(BATCH);
    assertThat(ingest.count(RunningIngest.SOURCE)).isEqualTo(before + 3 * BATCH);
  }

  @Test
  void an_upload_that_comes_again_takes_over_from_one_that_only_seems_alive() throws IOException {
    String file = file(2 * BATCH);
    try (Socket silent = begin(file.substring(0, file.indexOf(row(BATCH + 10))))) {
      await().until(() -> newest().path("rows").intValue() == BATCH);

      Answer answer = upload(file);

      assertThat(answer.body().path("rows").intValue()).isEqualTo(2 * BATCH);
      // the first one wakes up: what it sends now isn't ticked off
      send(silent.getOutputStream(), file.substring(file.indexOf(row(BATCH + 10))));
      end(silent.getOutputStream());
      assertThat(new String(silent.getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 409");
      assertThat(newest().path("rows").intValue()).isEqualTo(2 * BATCH);
      assertThat(newest().path("state").stringValue()).isEqualTo("done");
    }
  }

  @Test
  void a_finished_key_answers_with_its_report_and_publishes_nothing() {
    String file = file(BATCH + 1);
    Answer first = upload(file);
    double published = rowsAccepted();

    Answer second = upload(file);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(rowsAccepted()).isEqualTo(published);
  }

  @Test
  void a_finished_key_answers_a_large_file_before_it_has_come() throws IOException {
    String file = file(2 * BATCH);
    upload(file);

    try (Socket connection = begin(file.substring(0, file.indexOf(row(BATCH + 10))))) {
      assertThat(new String(connection.getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 200");
    }
  }

  @Test
  void a_key_belongs_to_one_file() throws IOException {
    String file = file(BATCH + 10);
    upload(file);

    assertRefused(upload(file.replaceFirst("row-7@", "row-8@")));
    assertRefused(upload(file + row(BATCH + 11)));
    assertRefused(ingest.post("/v1/imports/segment-events", "{}".getBytes(UTF_8), headers()));
  }

  @Test
  void a_broken_upload_does_not_go_on_with_another_file() throws IOException {
    String file = file(2 * BATCH);
    try (Socket connection = begin(file.substring(0, file.indexOf(row(BATCH + 10))))) {
      await().until(() -> newest().path("rows").intValue() == BATCH);
    }
    await().until(() -> newest().path("state").stringValue().equals("stopped"));

    assertRefused(upload(file.replaceFirst("row-7@", "row-8@")));
    assertRefused(upload(file(10)));
    assertThat(newest().path("rows").intValue()).isEqualTo(BATCH);
    assertThat(upload(file).body().path("rows").intValue()).isEqualTo(2 * BATCH);
  }

  @Test
  void the_wrong_file_does_not_stop_the_right_one() throws IOException {
    String file = file(2 * BATCH);
    try (Socket right = begin(file.substring(0, file.indexOf(row(BATCH + 10))))) {
      await().until(() -> newest().path("rows").intValue() == BATCH);

      assertRefused(upload(file.replaceFirst("row-7@", "row-8@")));

      send(right.getOutputStream(), file.substring(file.indexOf(row(BATCH + 10))));
      end(right.getOutputStream());
      assertThat(new String(right.getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 200");
      assertThat(newest().path("rows").intValue()).isEqualTo(2 * BATCH);
    }
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(422);
    assertThat(answer.body().path("type").stringValue()).endsWith("idempotency-key-reused");
    assertThat(answer.body().path("errors").get(0).path("field").stringValue())
        .isEqualTo("Idempotency-Key");
  }

  private String file(int rows) {
    return "email,event_time,value,currency,order id\n"
        + IntStream.rangeClosed(1, rows).mapToObj(this::row).collect(Collectors.joining());
  }

  private String row(int number) {
    return "row-%1$d@shop.example,2026-11-20,1,EUR,%2$s-%1$d\n".formatted(number, key);
  }

  private JsonNode newest() {
    return ingest.get("/v1/imports?limit=1", RunningIngest.ADMIN_KEY).body().path("data").get(0);
  }

  private double rowsAccepted() {
    return ingest
        .get("/actuator/prometheus", RunningIngest.ADMIN_KEY)
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith("rebound_ingest_import_rows_total"))
        .filter(line -> line.contains("accepted"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private Answer upload(String file) {
    return ingest.post(PATH, file.getBytes(UTF_8), headers());
  }

  private Map<String, String> headers() {
    var headers = new HashMap<String, String>();
    headers.put("Authorization", RunningIngest.basic(RunningIngest.WRITE_KEY));
    headers.put("Idempotency-Key", key);
    return headers;
  }

  /** Sends the head of a request and the first part of its body, and stays connected. */
  private Socket begin(String part) throws IOException {
    URI door = URI.create(ingest.at(PATH));
    var connection = new Socket(door.getHost(), door.getPort());
    OutputStream out = connection.getOutputStream();
    out.write("POST %s HTTP/1.1\r\nHost: ingest\r\n".formatted(PATH).getBytes(UTF_8));
    for (var header : headers().entrySet()) {
      out.write((header.getKey() + ": " + header.getValue() + "\r\n").getBytes(UTF_8));
    }
    out.write("Transfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
    send(out, part);
    return connection;
  }

  private static void send(OutputStream out, String part) throws IOException {
    byte[] bytes = part.getBytes(UTF_8);
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(UTF_8));
    out.flush();
  }

  private static void end(OutputStream out) throws IOException {
    out.write("0\r\n\r\n".getBytes(UTF_8));
    out.flush();
  }
}
