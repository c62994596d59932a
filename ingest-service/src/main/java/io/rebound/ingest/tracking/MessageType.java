package io.rebound.ingest.tracking;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of Segment messages, and what one that isn't a track is called behind the door. */
enum MessageType {
  TRACK("t", ""),
  IDENTIFY("i", "Identify"),
  PAGE("p", "PageView"),
  SCREEN("s", "Screen"),
  GROUP("g", "Group"),
  ALIAS("a", "Alias");

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final String shortPath;
  private final String eventName;

  MessageType(String shortPath, String eventName) {
    this.shortPath = shortPath;
    this.eventName = eventName;
  }

  String wireName() {
    return wireName;
  }

  String path() {
    return "v1/" + wireName;
  }

  /** What browsers call. */
  String shortPath() {
    return "v1/" + shortPath;
  }

  /** The event's name; a track brings its own. */
  String eventName() {
    return eventName;
  }

  static Optional<MessageType> ofPath(String path) {
    return Arrays.stream(values())
        .filter(type -> type.path().equals(path) || type.shortPath().equals(path))
        .findFirst();
  }

  /** In a batch each message says what it is. */
  static Optional<MessageType> ofWireName(String wireName) {
    return Arrays.stream(values())
        .filter(type -> type.wireName.equalsIgnoreCase(wireName))
        .findFirst();
  }
}
