package io.rebound.sandbox.conversions;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Server events for tests: a good one, changed piece by piece. */
final class Events {
  static final String PATH = "/v26.0/1000000001/events";
  static final String EMAIL = Sandboxes.sha256("mary@example.com");
  private static final JsonMapper JSON = JsonMapper.shared();

  private Events() {}

  static ObjectNode purchase() {
    return parsed(
        """
        {"event_name":"Purchase","event_time":%d,"action_source":"website",
         "user_data":{"em":["%s"]},"custom_data":{"currency":"EUR","value":29.9}}
        """
            .formatted(now(), EMAIL));
  }

  /** The event with the fields of some JSON in place of its own. */
  static ObjectNode purchase(String changes) {
    ObjectNode event = purchase();
    event.setAll(parsed(changes));
    return event;
  }

  static Reply post(Caller meta, ObjectNode... events) {
    return meta.post(PATH, body(events).toString());
  }

  static ObjectNode body(ObjectNode... events) {
    ObjectNode body = JSON.createObjectNode();
    for (ObjectNode event : events) {
      body.withArray("data").add(event);
    }
    return body;
  }

  static long now() {
    return Clock.systemUTC().instant().getEpochSecond();
  }

  private static ObjectNode parsed(String json) {
    return (ObjectNode) JSON.readTree(json);
  }
}
