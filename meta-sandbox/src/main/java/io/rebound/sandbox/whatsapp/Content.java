package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a message says.
 *
 * @param type {@code template}, {@code text}, {@code interactive} …
 * @param text what the person reads or wrote
 * @param template its name; empty if it is none
 * @param category the template's, in lower case; {@code service} if it is none
 * @param wire of an outbound one what stands below its type; of an inbound one what its webhook
 *     holds besides sender, id and time
 */
record Content(
    String type,
    String text,
    String template,
    String language,
    String category,
    List<String> parameters,
    ObjectNode wire) {
  static Content of(String type, String text, ObjectNode wire) {
    return new Content(type, text, "", "", "service", List.of(), wire);
  }

  boolean isTemplate() {
    return type.equals("template");
  }

  /** Whether a person who stopped marketing doesn't get it. */
  boolean isMarketing() {
    return category.equals("marketing");
  }

  void show(ObjectNode shown) {
    shown.put("type", type).put("text", text);
    if (!template.isEmpty()) {
      shown.put("template", template).put("language", language).put("category", category);
      ArrayNode list = shown.putArray("parameters");
      parameters.forEach(list::add);
    }
    if (!wire.isEmpty()) {
      shown.set("content", wire);
    }
  }

  static Content restored(JsonNode kept) {
    return new Content(
        kept.path("type").asString(""),
        kept.path("text").asString(""),
        kept.path("template").asString(""),
        kept.path("language").asString(""),
        kept.path("category").asString("service"),
        kept.path("parameters").valueStream().map(JsonNode::asString).toList(),
        kept.path("content") instanceof ObjectNode wire ? wire : Answer.object());
  }

  /** Never shows what it says. */
  @Override
  public String toString() {
    return "Content[" + type + "]";
  }
}
