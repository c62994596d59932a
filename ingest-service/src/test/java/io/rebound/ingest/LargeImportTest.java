package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that are larger than what may be held of them, and files that are none. */
class LargeImportTest {
  private static final int ROWS = 50_000;
  // what batches, buffers and sockets between the two ends may hold, in rows of a kilobyte
  private static final int BETWEEN = 25_000;
  private final RunningIngest ingest = RunningIngest.get();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void fifty_thousand_rows_are_read_no_faster_than_they_are_kept() throws Exception {
    var file = new Generated();
    HttpResponse<String> answer =
        http.send(
            request("/v1/imports/offline-events")
                .POST(BodyPublishers.ofInputStream(() -> file))
                .build(),
            BodyHandlers.ofString());

    JsonNode report = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(report.path("rows").intValue()).isEqualTo(ROWS);
    assertThat(report.path("accepted").intValue()).isEqualTo(ROWS);
    assertThat(file.furthestAhead).isLessThan(BETWEEN);
  }

  @Test
  void whatever_is_sent_as_a_file_is_never_a_defect() throws Exception {
    long seed = System.nanoTime();
    System.out.println("Files of seed " + seed);
    var random = new Random(seed);
    String signs = "\",;\t\r\n\\'|aZ0 \u00e4\u20ac\u0000\uFEFF{}[]:";
    for (int i = 0; i < 300; i++) {
      var file = new StringBuilder();
      if (random.nextInt(4) > 0) {
        file.append("email,event_time,value,currency,order_id,content ids,dob\n");
      }
      int length = random.nextInt(400);
      for (int sign = 0; sign < length; sign++) {
        file.append(signs.charAt(random.nextInt(signs.length())));
      }
      byte[] bytes = file.toString().getBytes(UTF_8);
      for (int broken = random.nextInt(3); broken > 0 && bytes.length > 0; broken--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String kind = i % 3 == 0 ? "segment-events" : "offline-events";
      HttpResponse<String> answer =
          http.send(
              request("/v1/imports/" + kind).POST(BodyPublishers.ofByteArray(bytes)).build(),
              BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400, 422);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(ingest.at(path)))
        .header("Authorization", RunningIngest.basic(RunningIngest.WRITE_KEY));
  }

  /** Makes its rows while they are read and looks how far they are ahead of what is kept. */
  private final class Generated extends InputStream {
    private static final int LOOK = 5_000;
    private final String run = UUID.randomUUID().toString();
    private final String filling = "x".repeat(850);
    private byte[] row = "email,event_time,value,currency,order_id,filling\n".getBytes(UTF_8);
    private int at;
    private int rows;
    private int furthestAhead;

    @Override
    public int read(byte[] into, int offset, int length) {
      if (at == row.length && !next()) {
        return -1;
      }
      int count = Math.min(length, row.length - at);
      System.arraycopy(row, at, into, offset, count);
      at += count;
      return count;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    private boolean next() {
      if (rows == ROWS) {
        return false;
      }
      rows++;
      if (rows % LOOK == 0) {
        JsonNode running =
            ingest.get("/v1/imports?limit=1", RunningIngest.ADMIN_KEY).body().path("data").get(0);
        furthestAhead = Math.max(furthestAhead, rows - running.path("rows").intValue());
      }
      row =
          "c%d@shop.example,2026-11-20 10:00,9.90,EUR,%s-%d,%s\n"
              .formatted(rows, run, rows, filling)
              .getBytes(UTF_8);
      at = 0;
      return true;
    }
  }
}
