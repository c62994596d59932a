package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/**
 * The identity sample ({@code samples/identity/README.md}): a shop's identifier events over 180
 * days, and which of them its rules say are one person's.
 */
final class IdentitySample {
  private static final Path FOLDER = Path.of("..", "samples", "identity");

  private IdentitySample() {}

  /** A row of {@code identifiers.csv.gz}: what a look-up of that value must come to. */
  record Expected(String type, String value, String cluster) {}

  /**
   * Which events belong together.
   *
   * @param nobodys events that are nobody's
   * @param clusters the events of each person
   */
  record Partition(Set<String> nobodys, Set<Set<String>> clusters) {
    static Partition of(Map<String, String> clusterByEvent) {
      Map<String, Set<String>> groups = new HashMap<>();
      clusterByEvent.forEach(
          (event, cluster) -> groups.computeIfAbsent(cluster, _ -> new TreeSet<>()).add(event));
      Set<String> nobodys = groups.remove("");
      return new Partition(nobodys == null ? Set.of() : nobodys, Set.copyOf(groups.values()));
    }
  }

  /** The events as Segment messages, in the order of arrival. */
  static List<Map<String, Object>> messages() throws IOException {
    List<Map<String, Object>> messages = new ArrayList<>();
    for (String line : lines("events.ndjson.gz")) {
      messages.add(message(EventJson.MAPPER.readTree(line)));
    }
    return messages;
  }

  // what Segment has no field for comes through context.externalIds
  private static Map<String, Object> message(JsonNode event) {
    var message = new HashMap<String, Object>();
    var traits = new HashMap<String, Object>();
    List<Map<String, String>> others = new ArrayList<>();
    for (JsonNode id : event.path("ids")) {
      String type = id.get(0).stringValue();
      String value = id.get(1).stringValue();
      boolean first =
          switch (type) {
            case "account" -> message.putIfAbsent("userId", value) == null;
            case "anonymous_id" -> message.putIfAbsent("anonymousId", value) == null;
            case "email", "phone" -> traits.putIfAbsent(type, value) == null;
            default -> false;
          };
      if (!first) {
        others.add(Map.of("type", type.equals("account") ? "external_id" : type, "id", value));
      }
    }
    var context = new HashMap<String, Object>();
    context.put("traits", traits);
    context.put("externalIds", others);
    message.put("context", context);
    message.put("type", "track");
    message.put("event", event.path("kind").stringValue());
    message.put("messageId", event.path("id").stringValue());
    message.put("timestamp", event.path("time").stringValue());
    return message;
  }

  static Partition expected() throws IOException {
    Map<String, String> clusters = new TreeMap<>();
    List<String> rows = lines("truth.csv.gz");
    for (String row : rows.subList(1, rows.size())) {
      String[] columns = row.split(",", -1);
      clusters.put(columns[0], columns[1]);
    }
    return Partition.of(clusters);
  }

  static List<Expected> identifiers() throws IOException {
    List<String> rows = lines("identifiers.csv.gz");
    return rows.subList(1, rows.size()).stream()
        .map(row -> row.split(",", -1))
        .map(columns -> new Expected(columns[0], columns[1], columns[2]))
        .toList();
  }

  private static List<String> lines(String file) throws IOException {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file))), UTF_8))) {
      return reader.lines().toList();
    }
  }
}
