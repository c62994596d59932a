package io.rebound.ingest.intake;

import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * One event of a request body.
 *
 * @param json what it says
 * @param body the body it stands in, between {@code from} and {@code to}
 */
public record Element(JsonNode json, byte[] body, int from, int to) {

  /** A body that is one event, or none that can be read. */
  public static Element whole(JsonNode json, byte[] body) {
    return new Element(json, body, 0, body.length);
  }

  public int size() {
    return to - from;
  }

  /** As the client sent it, to the byte. */
  public byte[] bytes() {
    return Arrays.copyOfRange(body, from, to);
  }

  /** Never shows the event: it is personal data. */
  @Override
  public String toString() {
    return "Element[" + size() + " bytes]";
  }
}
