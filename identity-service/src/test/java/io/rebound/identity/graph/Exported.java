package io.rebound.identity.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.identity.RunningIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whose every event is, as {@code GET /v1/exports/events} says. */
final class Exported {
  private Exported() {}

  static Map<EventKey, @Nullable UUID> owners() {
    var response = RunningIdentity.get().get("/v1/exports/events");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/x-ndjson");
    var owners = new HashMap<EventKey, @Nullable UUID>();
    response
        .body()
        .lines()
        .forEach(text -> {
          JsonNode line = EventJson.MAPPER.readTree(text);
          assertThat(line.has("person_id")).isTrue();
          JsonNode person = line.path("person_id");
          owners.put(
              new EventKey(line.path("source").asString(), line.path("event_id").asString()),
              person.isNull() ? null : UUID.fromString(person.asString()));
        });
    return owners;
  }
}
