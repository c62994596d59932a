package io.rebound.identity.privacy;

import java.time.Instant;
import java.util.SortedMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A copy of everything held about a person: {@code docs/privacy.md} describes the format.
 *
 * @param generatedAt when the last service gave its share
 * @param services by service, what it holds and what it disclosed
 */
record Export(
    String format, UUID personId, Instant generatedAt, SortedMap<String, JsonNode> services) {
  static final String FORMAT = "rebound-person-export/1";

  /** Never shows what is inside: this is personal data. */
  @Override
  public String toString() {
    return "Export[" + services.keySet() + "]";
  }
}
