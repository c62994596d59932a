package io.rebound.quickstart.keys;

import io.rebound.events.EventJson;
import io.rebound.identity.rekeying.RekeyedEnvelope;
import io.rebound.identity.rekeying.SealedPerson;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Goes through all persons that identity knows, some at a time, and notes how far it has come: one
 * that was interrupted goes on there. Going through them again changes nothing.
 */
final class RekeyCommand {
  private static final int AT_ONCE = 200;
  private static final int MOST_POSTED = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String identity;
  private final String adminKey;
  private final Rekeying rekeying;
  private final Path progress;
  private final PrintStream out;

  /**
   * @param identity its address
   * @param progress where it notes how far it has come
   */
  RekeyCommand(
      String identity, String adminKey, Rekeying rekeying, Path progress, PrintStream out) {
    this.identity = identity;
    this.adminKey = adminKey;
    this.rekeying = rekeying;
    this.progress = progress;
    this.out = out;
  }

  /**
   * @throws IOException if identity doesn't answer, or not as it should; what was done is done
   */
  void run() throws IOException, InterruptedException {
    String after = Files.exists(progress) ? Files.readString(progress).strip() : null;
    if (after != null) {
      out.println("Going on where it was interrupted (" + progress + ")");
    }
    long persons = 0;
    long envelopes = 0;
    do {
      String query = "?limit=" + AT_ONCE + (after == null ? "" : "&after=" + after);
      JsonNode page = ask(request(query).GET());
      List<RekeyedEnvelope> rekeyed =
          page.path("data")
              .valueStream()
              .map(one -> EventJson.MAPPER.treeToValue(one, SealedPerson.class))
              .flatMap(person -> rekeying.of(person).stream())
              .toList();
      for (int from = 0; from < rekeyed.size(); from += MOST_POSTED) {
        post(rekeyed.subList(from, Math.min(rekeyed.size(), from + MOST_POSTED)));
      }
      persons += page.path("data").size();
      envelopes += rekeyed.size();
      after = next(page);
      if (after != null) {
        Files.writeString(progress, after);
        out.printf("%d persons looked at, %d envelopes sealed anew%n", persons, envelopes);
      }
    } while (after != null);
    Files.deleteIfExists(progress);
    out.printf(
        "Done: %d persons looked at, %d envelopes sealed anew, %d couldn't be opened;%n"
            + "%d identifiers have no new pseudonym, because nothing sealed tells what they were%n",
        persons, envelopes, rekeying.unreadable(), rekeying.leftBehind());
  }

  private static @Nullable String next(JsonNode page) {
    return page.path("next").isString() ? page.path("next").stringValue() : null;
  }

  private void post(List<RekeyedEnvelope> envelopes) throws IOException, InterruptedException {
    ask(
        request("")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(EventJson.MAPPER.writeValueAsBytes(envelopes))));
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(URI.create(identity + "/v1/sealed-persons" + query))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + adminKey);
  }

  private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("identity answered " + answer.statusCode());
    }
    return EventJson.MAPPER.readTree(answer.body());
  }
}
