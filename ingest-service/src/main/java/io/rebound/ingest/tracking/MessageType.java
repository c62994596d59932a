package io.rebound.ingest.tracking;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kinds of Segment messages, and what one that isn't a track is called behind the door. */
enum MessageType {
  TRACK("t", ""),
  IDENTIFY("i", "Identify"),
  PAGE("p", "PageView"),
  SCREEN("s", "Screen"),
  GROUP("g", "Group"),
  ALIAS("a", "Alias");

  private static final List<MessageType> ALL = List.of(values());
  private static final Map<String, MessageType> BY_PATH = byPath();

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
    return Optional.ofNullable(BY_PATH.get(path));
  }

  /** In a batch each message says what it is. */
  static Optional<MessageType> ofWireName(String wireName) {
    for (MessageType type : ALL) {
      if (type.wireName.equalsIgnoreCase(wireName)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private static Map<String, MessageType> byPath() {
    var byPath = new HashMap<String, MessageType>();
    for (MessageType type : ALL) {
      byPath.put(type.path(), type);
      byPath.put(type.shortPath(), type);
    }
    return Map.copyOf(byPath);
  }
}
