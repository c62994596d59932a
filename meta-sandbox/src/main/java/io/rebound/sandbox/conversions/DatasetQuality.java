package io.rebound.sandbox.conversions;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * How good the events of the last 48 hours are, from Meta's page on the Dataset Quality API: {@code
 * GET /dataset_quality?dataset_id=…&fields=web{…}}, perhaps of one {@code agent_name}. Only website
 * events are rated; without any, the answer is empty.
 */
@Component
class DatasetQuality implements GraphNodes {
  private static final Duration RATED = Duration.ofHours(48);
  private static final Set<String> FIELDS =
      Set.of(
          "event_name",
          "event_match_quality",
          "event_coverage",
          "dedupe_key_feedback",
          "data_freshness",
          "acr",
          "event_potential_aly_acr_increase");

  private final String dataset;
  private final EventStore events;
  private final Clock clock;

  DatasetQuality(SandboxProperties properties, EventStore events, Clock clock) {
    this.dataset = properties.dataset();
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Area area() {
    return Area.EVENTS;
  }

  @Override
  public boolean has(String object) {
    return object.equals("dataset_quality");
  }

  @Override
  public Answer answer(GraphRequest request) {
    if (!request.action().equals("GET")) {
      throw request.unsupported();
    }
    String asked =
        request
            .params()
            .text("dataset_id")
            .orElseThrow(() -> GraphError.invalidParameter("The parameter dataset_id is required"));
    if (!asked.equals(dataset)) {
      throw GraphError.unknownObject(request.method(), asked);
    }
    NestedFields fields = NestedFields.of(request.params().text("fields").orElse("web"));
    check(fields);
    return Answer.of(fields.of(rated(request.params().text("agent_name").orElse(""))));
  }

  private static void check(NestedFields fields) {
    for (String name : fields.within().keySet()) {
      if (!name.equals("web")) {
        throw nonexisting(name);
      }
    }
    NestedFields web = fields.within().getOrDefault("web", new NestedFields(Map.of()));
    for (String name : web.within().keySet()) {
      if (!FIELDS.contains(name)) {
        throw nonexisting(name);
      }
    }
  }

  private static GraphError nonexisting(String name) {
    return GraphError.invalidParameter("Tried accessing nonexisting field (" + name + ")");
  }

  private ObjectNode rated(String agentName) {
    String agent = Sending.agent(agentName);
    Map<String, List<StoredEvent>> byName = new TreeMap<>();
    for (StoredEvent event : events.webSince(clock.millis() - RATED.toMillis())) {
      if (agent.isEmpty() || agent.equals(event.sending.agent())) {
        byName.computeIfAbsent(event.name, _ -> new ArrayList<>()).add(event);
      }
    }
    ObjectNode answer = Answer.object();
    byName.forEach((name, some) -> {
      List<StoredEvent> server = some.stream().filter(event -> event.origins.server()).toList();
      List<StoredEvent> browsers = some.stream().filter(event -> event.origins.browser()).toList();
      if (!server.isEmpty()) {
        answer.withArray("web").add(new QualityOfEvents(name, server, browsers).shown());
      }
    });
    return answer;
  }
}
