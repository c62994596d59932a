package io.rebound.ingest.tracking;

import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request body, read as JSON whatever its content type says.
 *
 * @param messages as they stand in the body
 * @param envelope what the body says about all of them; of a lone message, the message itself
 */
record SegmentBody(List<Element> messages, Fields envelope) {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(200)
                          .maxNumberLength(100)
                          .maxNameLength(1000)
                          .maxStringLength(4 * 1024 * 1024)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** The body is one message. Throws {@link InvalidEvent} if it is no JSON object. */
  static SegmentBody lone(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      startOfObject(parser);
      JsonNode message = JSON.readTree(parser);
      endOfBody(parser);
      return new SegmentBody(List.of(Element.whole(message, body)), new Fields(message));
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  /** The body has its messages under {@code batch}. */
  static SegmentBody batch(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      startOfObject(parser);
      var messages = new ArrayList<Element>();
      ObjectNode envelope = JSON.createObjectNode();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (!name.equals("batch")) {
          envelope.set(name, JSON.readTree(parser));
        } else if (value == JsonToken.START_ARRAY) {
          readMessages(parser, body, messages);
        } else {
          throw new InvalidEvent("batch", "must be a list of messages");
        }
      }
      endOfBody(parser);
      if (messages.isEmpty()) {
        throw new InvalidEvent("batch", "must hold at least one message");
      }
      return new SegmentBody(messages, new Fields(envelope));
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  private static void readMessages(JsonParser parser, byte[] body, List<Element> messages) {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long from = parser.currentTokenLocation().getByteOffset();
      JsonNode message = JSON.readTree(parser);
      long to = parser.currentLocation().getByteOffset();
      messages.add(
          from >= 0 && to > from
              ? new Element(message, body, (int) from, (int) to)
              : Element.whole(message, body)); // not UTF-8, so no offsets
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

  private static InvalidEvent unreadable(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String where =
        at == null || at.getLineNr() < 1
            ? ""
            : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return new InvalidEvent("body", "is not readable as JSON" + where);
  }
}
