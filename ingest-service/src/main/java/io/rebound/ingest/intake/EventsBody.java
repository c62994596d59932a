package io.rebound.ingest.intake;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request body, read as JSON whatever its content type says. The events of a list are looked
 * through as a whole, so that a body is either JSON or not, and read one by one later.
 *
 * @param events as they stand in the body
 * @param envelope what the body says about all of them; of a lone event, the event itself
 */
public record EventsBody(List<Element> events, Fields envelope) {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .recyclerPool(JsonRecyclerPools.threadLocalPool())
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(200)
                          .maxNumberLength(100)
                          .maxNameLength(1000)
                          .maxStringLength(4 * 1024 * 1024)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // an event of a list is followed by the next
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The body is one event. Throws {@link InvalidEvent} if it is no JSON object. */
  public static EventsBody lone(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      startOfObject(parser);
      JsonNode event = JSON.readTree(parser);
      endOfBody(parser);
      return new EventsBody(List.of(Element.whole(event, body)), new Fields(event));
    } catch (JacksonException e) {
      throw unreadable("body", e);
    } catch (NumberFormatException e) {
      throw outOfRange("body");
    }
  }

  /** The body has its events under that name. */
  public static EventsBody list(byte[] body, String list) {
    try (JsonParser parser = JSON.createParser(body)) {
      startOfObject(parser);
      var events = new ArrayList<Element>();
      ObjectNode envelope = JSON.createObjectNode();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (!name.equals(list)) {
          envelope.set(name, JSON.readTree(parser));
        } else if (value == JsonToken.START_ARRAY) {
          readEvents(parser, body, events);
        } else {
          throw new InvalidEvent(list, "must be a list of events");
        }
      }
      endOfBody(parser);
      if (events.isEmpty()) {
        throw new InvalidEvent(list, "must hold at least one event");
      }
      return new EventsBody(events, new Fields(envelope));
    } catch (JacksonException e) {
      throw unreadable("body", e);
    } catch (NumberFormatException e) {
      throw outOfRange("body");
    }
  }

  /**
   * The events are a list of its own, as in a form's field.
   *
   * @param list the field's name
   * @param envelope the form's other fields
   */
  public static EventsBody array(byte[] json, String list, Fields envelope) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new InvalidEvent(list, "must be a list of events, as JSON");
      }
      var events = new ArrayList<Element>();
      readEvents(parser, json, events);
      if (parser.nextToken() != null) {
        throw new InvalidEvent(list, "must be one list of events and nothing after it");
      }
      if (events.isEmpty()) {
        throw new InvalidEvent(list, "must hold at least one event");
      }
      return new EventsBody(events, envelope);
    } catch (JacksonException e) {
      throw unreadable(list, e);
    } catch (NumberFormatException e) {
      throw outOfRange(list);
    }
  }

  /**
   * The same with every event read, for a door that looks at all of them before it takes any.
   *
   * @param field what is refused where one can't be read
   */
  public EventsBody allRead(String field) {
    try {
      return new EventsBody(events.stream().map(Element::once).toList(), envelope);
    } catch (InvalidEvent unreadable) {
      throw new InvalidEvent(field, unreadable.reason());
    }
  }

  private static void readEvents(JsonParser parser, byte[] body, List<Element> events) {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long from = parser.currentTokenLocation().getByteOffset();
      if (from < 0) { // not UTF-8, so no offsets: kept as the same JSON
        JsonNode event = JSON.readTree(parser);
        events.add(Element.whole(event, JSON.writeValueAsBytes(event)));
        continue;
      }
      parser.skipChildren();
      parser.finishToken(); // of a text only the beginning has been looked at
      events.add(Element.unread(body, (int) from, (int) parser.currentLocation().getByteOffset()));
    }
  }

  /** The event that stands there, which has been looked through already. */
  static JsonNode event(byte[] body, int from, int to) {
    try (JsonParser parser = JSON.createParser(body, from, to - from)) {
      return JSON.readTree(parser);
    } catch (JacksonException e) {
      throw unreadable("event", e);
    } catch (NumberFormatException e) {
      throw outOfRange("event");
    }
  }

  private static void startOfObject(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new InvalidEvent("body", "must be a JSON object");
    }
  }

  private static void endOfBody(JsonParser parser) {
    if (parser.nextToken() != null) {
      throw new InvalidEvent("body", "must be one JSON object and nothing after it");
    }
  }

  private static InvalidEvent unreadable(String field, JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String where =
        at == null || at.getLineNr() < 1
            ? ""
            : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return new InvalidEvent(field, "is not readable as JSON" + where);
  }

  /**
   * JSON sets no bounds to an exponent, decimals do; Jackson tells it in no exception of its own.
   */
  private static InvalidEvent outOfRange(String field) {
    return new InvalidEvent(field, "holds a number whose exponent is out of range");
  }
}
