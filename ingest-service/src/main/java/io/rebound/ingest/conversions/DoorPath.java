package io.rebound.ingest.conversions;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of the addresses by which server events come.
 *
 * @param manner how its clients speak
 * @param dataset the id in the path; null where the path has none
 */
record DoorPath(Manner manner, @Nullable String dataset) {
  static final String OURS = "v1/events";

  /** Three parts, so both of Meta's doors. */
  static final String METAS = "{version}/{dataset}/events";

  // Any version, also one that Meta has retired or will bring: we speak for ourselves, not for a
  // version of Meta's, and a shop's SDK must not stop because Meta's calendar moved on.
  private static final Pattern META =
      Pattern.compile("(?:(capi)|v\\d{1,3}\\.\\d{1,3})/(\\d{1,25})/events");

  /** Where a door's clients put the key, and which answer they take for a yes. */
  enum Manner {
    /** As the Conversions API: access_token wherever Graph takes it. */
    GRAPH("events", "access_token", 200),
    /** As Meta's Conversions API Gateway: accessKey in the body and nowhere else. */
    GATEWAY("capi", "accessKey", 202);

    private final String door;
    private final String keyName;
    private final int received;

    Manner(String door, String keyName, int received) {
      this.door = door;
      this.keyName = keyName;
      this.received = received;
    }

    /** The door's short name, for the operator. */
    String door() {
      return door;
    }

    String keyName() {
      return keyName;
    }

    int received() {
      return received;
    }
  }

  /** Empty if Graph would know no such path. */
  static Optional<DoorPath> of(String path) {
    if (path.equals(OURS)) {
      return Optional.of(new DoorPath(Manner.GRAPH, null));
    }
    Matcher meta = META.matcher(path);
    return meta.matches()
        ? Optional.of(
            new DoorPath(meta.group(1) == null ? Manner.GRAPH : Manner.GATEWAY, meta.group(2)))
        : Optional.empty();
  }
}
