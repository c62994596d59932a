package io.rebound.ingest.conversions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.doors.FormBody;
import io.rebound.ingest.intake.EventsBody;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a request's events in every form that Graph takes: a JSON object, or a form (multipart, as
 * Meta's Java SDK sends it, or urlencoded) whose {@code data} is the list as JSON. What the body is
 * shows in the body.
 */
final class ConversionsBody {
  private static final String DATA = "data";
  private static final int MOST_EVENTS = 1000; // Meta's limit

  private ConversionsBody() {}

  /** Throws {@link InvalidEvent} where no events can be read from it. */
  static EventsBody read(DoorRequest request) {
    EventsBody body = events(request);
    if (body.events().size() > MOST_EVENTS) {
      throw new InvalidEvent(DATA, "must hold at most 1000 events");
    }
    return request.uri().indexOf('?') < 0 ? body : withParameters(body, request);
  }

  private static EventsBody events(DoorRequest request) {
    if (isForm(request.body())) {
      return ofForm(request.body());
    }
    String inAddress = request.body().length == 0 ? request.query(DATA) : null;
    return inAddress == null
        ? EventsBody.list(request.body(), DATA).allRead("body")
        : EventsBody.array(inAddress.getBytes(UTF_8), DATA, Fields.none()).allRead(DATA);
  }

  /** What the address says about the request holds where the body is silent. */
  private static EventsBody withParameters(EventsBody body, DoorRequest request) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    for (String name : ServerEventFields.OF_THE_REQUEST) {
      String value = request.query(name);
      if (value != null) {
        envelope.put(name, value);
      }
    }
    body.envelope().json().properties().forEach(one -> envelope.set(one.getKey(), one.getValue()));
    return new EventsBody(body.events(), new Fields(envelope));
  }

  /** No form begins like JSON, and nothing that begins otherwise is an object. */
  private static boolean isForm(byte[] body) {
    for (byte sign : body) {
      if (!Character.isWhitespace(sign)) {
        boolean mark = (sign & 0xff) == 0xef; // of UTF-8, which some write before their JSON
        return !mark && sign != '{' && sign != '[' && sign != '"';
      }
    }
    return false;
  }

  private static EventsBody ofForm(byte[] body) {
    Map<String, String> form;
    try {
      form = FormBody.of(body);
    } catch (FormBody.Unreadable unreadable) {
      throw new InvalidEvent("body", unreadable.reason());
    }
    String data = form.get(DATA);
    if (data == null || data.isBlank()) {
      throw new InvalidEvent(DATA, "must be given: a list of events, as JSON");
    }
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    form.forEach((name, value) -> {
      if (!name.equals(DATA)) {
        rest.put(name, value);
      }
    });
    return EventsBody.array(data.getBytes(UTF_8), DATA, new Fields(rest)).allRead(DATA);
  }
}
