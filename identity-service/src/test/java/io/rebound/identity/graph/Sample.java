package io.rebound.identity.graph;

import static java.util.stream.Collectors.toMap;

import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.EventJson;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.TrackedEvent;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** {@code samples/identity} as the doors would hand it to identity. */
final class Sample {
  private static final Path FOLDER = Path.of("../samples/identity");
  private static final Set<String> ROLES =
      Set.of(
          "info", "office", "sales", "support", "contact", "admin", "noreply", "no-reply", "test");

  private static final Instant RECEIVED = Instant.parse("2026-07-01T00:00:00Z");

  private final Pseudonyms pseudonyms;

  Sample(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /** The events in order of arrival. */
  List<TrackedEvent> events() {
    return lines("events.ndjson.gz").stream()
        .map(EventJson.MAPPER::readTree)
        .map(this::event)
        .toList();
  }

  /** The cluster by event id; empty: nobody's. */
  static final Map<String, String> TRUTH = truth();

  private static Map<String, String> truth() {
    return lines("truth.csv.gz").stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .collect(toMap(cells -> cells[0], cells -> cells[1]));
  }

  /** A value and the cluster it must lead to, or what else is to be said of it. */
  record Row(IdentifierType type, String value, String cluster) {}

  static List<Row> identifiers() {
    return lines("identifiers.csv.gz").stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cells -> new Row(type(cells[0]), cells[1], cells[2]))
        .toList();
  }

  private static IdentifierType type(String name) {
    return switch (name) {
      case "account" -> IdentifierType.EXTERNAL_ID;
      case "wa_id" -> IdentifierType.PHONE;
      default -> IdentifierType.of(name);
    };
  }

  private TrackedEvent event(JsonNode line) {
    Instant at = Instant.parse(line.path("time").asString());
    List<Identifier> identifiers = new ArrayList<>();
    line.path("ids")
        .valueStream()
        .forEach(
            id -> identifiers.addAll(identifiers(id.path(0).asString(), id.path(1).asString())));
    return new TrackedEvent(
        "sample",
        line.path("id").asString(),
        line.path("kind").asString(),
        at,
        RECEIVED,
        ActionSource.WEBSITE,
        null,
        identifiers.stream().distinct().toList(),
        ConsentStatement.none(),
        null,
        null,
        null,
        Map.of());
  }

  private List<Identifier> identifiers(String name, String raw) {
    IdentifierType type = type(name);
    String value = name.equals("wa_id") ? "+" + raw : raw;
    List<String> hashes = IdentifierHashes.of(type, value, Locality.unknown());
    if (hashes.isEmpty()) {
      throw new AssertionError("The sample has a value that no door would take: " + name);
    }
    boolean role =
        type == IdentifierType.EMAIL
            && ROLES.contains(raw.strip().toLowerCase(Locale.ROOT).split("@")[0]);
    return hashes.stream()
        .map(hash -> new Identifier(type, pseudonyms.of(type, hash), role))
        .toList();
  }

  private static List<String> lines(String file) {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file))),
                StandardCharsets.UTF_8))) {
      return reader.readAllLines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
