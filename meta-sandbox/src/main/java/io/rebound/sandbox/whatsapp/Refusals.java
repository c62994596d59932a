package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.GraphError;
import tools.jackson.databind.JsonNode;

/** The refusals that many rules of messages share, in Meta's words. */
final class Refusals {
  private Refusals() {}

  static GraphError missing(String details) {
    return GraphError.of(400, 131008, "(#131008) Required parameter is missing")
        .withDetails(details);
  }

  static GraphError invalid(String details) {
    return GraphError.of(400, 131009, "(#131009) Parameter value is not valid")
        .withDetails(details);
  }

  /** The text, which is there and has no more characters than that. */
  static String text(JsonNode text, String what, int longest) {
    if (text.isMissingNode() || text.isNull()) {
      throw missing(what + " is required");
    }
    String given = text.asString("");
    int length = given.codePointCount(0, given.length());
    if (given.isBlank() || length > longest) {
      throw invalid("%s length invalid. Min length: 1, Max length: %d".formatted(what, longest));
    }
    return given;
  }

  /** The text if there is one. */
  static void optionalText(JsonNode text, String what, int longest) {
    if (!text.isMissingNode() && !text.isNull()) {
      text(text, what, longest);
    }
  }
}
