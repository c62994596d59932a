package io.rebound.sandbox.conversions;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The dataset that events are sent to: all events of a request count, or none. */
@Component
class Dataset implements GraphNodes {
  private static final int MOST_EVENTS = 1_000;

  private final String id;
  private final DocumentedDemands demands;
  private final EventStore events;
  private final Clock clock;

  Dataset(SandboxProperties properties, EventStore events, Clock clock) {
    this.id = properties.dataset();
    this.demands = new DocumentedDemands(properties.conversions());
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Area area() {
    return Area.EVENTS;
  }

  @Override
  public boolean has(String object) {
    return object.equals(id);
  }

  @Override
  public Answer answer(GraphRequest request) {
    return switch (request.action()) {
      case "POST events" -> receive(request);
      case "GET" -> Answer.of(Fields.select(request.params(), shown(), "id,name"));
      default -> throw request.unsupported();
    };
  }

  private Answer receive(GraphRequest request) {
    try {
      JsonNode data = request.params().json("data");
      List<ReceivedEvent> received = checked(data);
      String testCode = request.params().text("test_event_code").orElse("");
      String agent = request.params().text("partner_agent").orElse("");
      events.add(received, Sending.of(clock.millis(), testCode, agent));
      ObjectNode answer = Answer.object();
      answer.put("events_received", received.size()).putArray("messages");
      return Answer.of(answer.put("fbtrace_id", request.fbtraceId()));
    } catch (GraphError refusal) {
      events.refused();
      throw refusal;
    }
  }

  private List<ReceivedEvent> checked(JsonNode data) {
    if (!data.isArray()) {
      throw GraphError.invalidParameter("The parameter data is required and must be an array");
    }
    if (data.isEmpty() || data.size() > MOST_EVENTS) {
      throw GraphError.invalidParameter(
          "Param data must have 1 to " + MOST_EVENTS + " events, not " + data.size());
    }
    long now = clock.instant().getEpochSecond();
    for (JsonNode event : data) {
      EventRules.check(event, now);
      demands.check(event);
    }
    List<ReceivedEvent> received = new ArrayList<>(data.size());
    for (JsonNode event : data) {
      received.add(ReceivedEvent.of(event, false));
    }
    return received;
  }

  private ObjectNode shown() {
    return Answer.object()
        .put("id", id)
        .put("name", "Sandbox dataset")
        .put("is_unavailable", false)
        .put("is_consolidated_container", true); // takes offline events, too
  }
}
