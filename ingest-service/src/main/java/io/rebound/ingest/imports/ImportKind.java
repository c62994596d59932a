package io.rebound.ingest.imports;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file holds. The name is the last part of the path and the door of its events. */
enum ImportKind {
  /** Purchases in shops and other offline events, as CSV with a header. */
  OFFLINE_EVENTS,
  /** A Segment message a line. */
  SEGMENT_EVENTS,
  /** A server event of the Conversions API a line. */
  META_EVENTS;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  String wireName() {
    return wireName;
  }

  static Optional<ImportKind> find(String wireName) {
    return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
  }
}
