package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.GraphError;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A message template in its present state.
 *
 * @param kept what the Graph API shows
 * @param behind what Meta keeps to itself: how often it was reviewed and paused, when edited
 */
record Template(ObjectNode kept, ObjectNode behind) {
  String id() {
    return kept.path("id").asString();
  }

  String name() {
    return kept.path("name").asString();
  }

  String language() {
    return kept.path("language").asString();
  }

  String category() {
    return kept.path("category").asString();
  }

  String quality() {
    return kept.path("quality_score").path("score").asString("UNKNOWN");
  }

  String status() {
    return kept.path("status").asString();
  }

  /** The same with another value for what the Graph API shows. */
  Template with(String field, JsonNode value) {
    ObjectNode changed = kept.deepCopy();
    changed.set(field, value);
    return new Template(changed, behind);
  }

  Template with(String field, String value) {
    return with(field, StringNode.valueOf(value));
  }

  int times(String what) {
    return behind.path(what).asInt(0);
  }

  /** The same, and that happened to it once more. */
  Template oneMore(String what) {
    return new Template(kept, behind.deepCopy().put(what, times(what) + 1));
  }

  /** Its buttons in their order; missing if it has none. */
  JsonNode buttons() {
    for (JsonNode one : kept.path("components")) {
      if (one.path("type").asString("").equalsIgnoreCase("BUTTONS")) {
        return one.path("buttons");
      }
    }
    return MissingNode.getInstance();
  }

  /** Refuses to be sent in any other status than approved. */
  void checkSendable() {
    switch (status()) {
      case "APPROVED" -> {}
      case "PAUSED" ->
          throw GraphError.of(400, 132015, "(#132015) Template is paused")
              .withDetails("The template is paused because of its low quality");
      case "DISABLED" ->
          throw GraphError.of(400, 132016, "(#132016) Template is disabled")
              .withDetails("The template was paused too often and is disabled for good");
      default -> throw TemplateUse.unknown(name(), language());
    }
  }

  /** The text of that component ({@code BODY}, {@code HEADER}); empty if it has none. */
  String text(String component) {
    for (JsonNode one : kept.path("components")) {
      if (one.path("type").asString("").equalsIgnoreCase(component)) {
        return one.path("text").asString("");
      }
    }
    return "";
  }

  Placeholders placeholders() {
    return Placeholders.of(kept.path("parameter_format").asString("POSITIONAL"));
  }

  /** The parameters that component takes. */
  List<String> parameters(String component) {
    return placeholders().in(text(component));
  }
}
