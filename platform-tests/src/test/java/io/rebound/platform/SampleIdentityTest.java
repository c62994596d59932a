package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.EventJson;
import io.rebound.platform.IdentitySample.Expected;
import io.rebound.platform.IdentitySample.Partition;
import io.rebound.quickstart.Platform;
import io.rebound.quickstart.Ports;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who is who in the sample, from the door to the export and the look-ups. */
class SampleIdentityTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path data;

  @Test
  void events_in_any_order_and_sent_twice_end_in_exactly_the_expected_persons() throws Exception {
    List<Map<String, Object>> messages = new ArrayList<>(IdentitySample.messages());
    messages.addAll(messages.subList(0, messages.size() / 10));
    Collections.shuffle(messages, new Random(6));
    try (Platform platform = Platform.start(data, Ports.free(), false, _ -> {})) {
      Installation installation = Installation.quickstart(platform.ports());

      installation.post(messages);
      Results.settle(installation);

      Map<String, String> persons = export(platform.ports());
      Partition expected = IdentitySample.expected();
      Partition found = Partition.of(persons);
      assertThat(found.nobodys()).isEqualTo(expected.nobodys());
      assertThat(found.clusters()).isEqualTo(expected.clusters());
      lookUp(platform.ports(), IdentitySample.identifiers());
    }
  }

  static Map<String, String> export(Ports ports) throws Exception {
    HttpResponse<java.util.stream.Stream<String>> answer =
        HTTP.send(get(ports, "/v1/exports/events"), BodyHandlers.ofLines());
    Map<String, String> persons = new TreeMap<>();
    answer
        .body()
        .map(EventJson.MAPPER::readTree)
        .forEach(row ->
            persons.put(row.path("event_id").asString(), row.path("person_id").asString("")));
    return persons;
  }

  // a person is found by all values of its cluster, and by no other's
  private static void lookUp(Ports ports, List<Expected> identifiers) throws Exception {
    Map<String, String> persons = new HashMap<>();
    Map<String, String> clusters = new HashMap<>();
    for (Expected one : identifiers) {
      String type = one.type().equals("account") ? "external_id" : one.type();
      HttpResponse<String> answer =
          HTTP.send(
              get(
                  ports,
                  "/v1/persons?"
                      + type
                      + "="
                      + URLEncoder.encode(one.value(), StandardCharsets.UTF_8)),
              BodyHandlers.ofString());
      JsonNode body = EventJson.MAPPER.readTree(answer.body());
      switch (one.cluster()) {
        case "blocked", "role" -> {
          assertThat(answer.statusCode()).as(one.type()).isEqualTo(404);
          assertThat(body.path("type").asString()).contains(one.cluster());
        }
        case "" -> assertThat(answer.statusCode()).as(one.type()).isEqualTo(404);
        default -> {
          assertThat(answer.statusCode()).as("%s", one).isEqualTo(200);
          String person = body.path("person_id").asString();
          assertThat(persons.merge(one.cluster(), person, (was, _) -> was)).isEqualTo(person);
          assertThat(clusters.merge(person, one.cluster(), (was, _) -> was))
              .isEqualTo(one.cluster());
        }
      }
    }
  }

  private static HttpRequest get(Ports ports, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + ports.identity() + path))
        .header("Authorization", "Bearer demo-admin-key")
        .build();
  }
}
