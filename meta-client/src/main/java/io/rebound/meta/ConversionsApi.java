package io.rebound.meta;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends server events to a dataset: {@code POST /{dataset}/events}. */
public final class ConversionsApi {
  /** More in one request are refused. */
  public static final int MAX_EVENTS = 1000;

  private final GraphClient graph;

  ConversionsApi(GraphClient graph) {
    this.graph = graph;
  }

  /**
   * What Meta says it got; before its own deduplication and matching.
   *
   * @param messages Meta's remarks, undocumented
   */
  public record EventsReceived(int count, List<String> messages, String fbtraceId) {
    public EventsReceived {
      messages = List.copyOf(messages);
    }
  }

  /** Whether events can go to the dataset now; see {@link GraphClient#ready}. */
  public boolean ready(String dataset) {
    return graph.ready(Endpoint.EVENTS, dataset);
  }

  /**
   * Sends all or none: one bad event makes Meta refuse the request. Repeating it is safe where the
   * events carry an {@code event_id}.
   *
   * @param serverEvents each a JSON object as the Conversions API wants it, at most {@link
   *     #MAX_EVENTS}
   * @param parameters what the request says beside its events, for instance test_event_code
   */
  public GraphOutcome<EventsReceived> send(
      String dataset, List<String> serverEvents, Map<String, Object> parameters) {
    if (serverEvents.isEmpty() || serverEvents.size() > MAX_EVENTS) {
      throw new IllegalArgumentException("A request holds 1 to " + MAX_EVENTS + " events");
    }
    String data = "{\"data\":[" + String.join(",", serverEvents) + "]";
    String body =
        parameters.isEmpty()
            ? data + "}"
            : data + "," + JsonMapper.shared().writeValueAsString(parameters).substring(1);
    String path = Ids.checked(dataset) + "/events";
    return graph.call(GraphCall.post(Endpoint.EVENTS, dataset, path, body), ConversionsApi::read);
  }

  private static EventsReceived read(JsonNode answer) {
    List<String> messages =
        StreamSupport.stream(answer.path("messages").spliterator(), false)
            .map(message -> message.asString(""))
            .toList();
    return new EventsReceived(
        answer.required("events_received").intValue(),
        messages,
        answer.path("fbtrace_id").asString(""));
  }
}
