package io.rebound.ingest.intake;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event of a request body. One of many is read when its turn comes, and forgotten after it: all
 * trees of a batch together would fill the memory, and no cache.
 *
 * @param read what it says; null where it hasn't been read yet
 * @param body the body it stands in, between {@code from} and {@code to}
 */
public record Element(@Nullable JsonNode read, byte[] body, int from, int to) {

  /** A body that is one event, or none that can be read. */
  public static Element whole(JsonNode json, byte[] body) {
    return new Element(json, body, 0, body.length);
  }

  static Element unread(byte[] body, int from, int to) {
    return new Element(null, body, from, to);
  }

  /**
   * What it says.
   *
   * @throws InvalidEvent if there is in it what only reading finds, for instance a number that is
   *     out of range
   */
  public JsonNode json() {
    return read == null ? EventsBody.event(body, from, to) : read;
  }

  /** The same, read once and for all. */
  Element once() {
    return read == null ? with(json()) : this;
  }

  /** The same event with something else to be understood. */
  public Element with(JsonNode other) {
    return new Element(other, body, from, to);
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
