package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.Params;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a message says, by its type. */
@Component
class Outgoing {
  private static final int LONGEST_TEXT = 4096;

  private final TemplateUse templates;

  Outgoing(TemplateUse templates) {
    this.templates = templates;
  }

  Content content(Receiver receiver, Params params) {
    String type = params.text("type").orElse("text");
    JsonNode given = params.json(type);
    return switch (type) {
      case "template" -> templates.content(receiver, given);
      case "text" -> Content.of("text", text(given), Answer.object());
      case "interactive" ->
          Content.of("interactive", InteractiveRules.checked(given), object(given));
      case "reaction" -> reaction(given);
      default ->
          throw GraphError.of(400, 131051, "(#131051) Unsupported message type")
              .withDetails("The sandbox sends templates, texts, interactive messages, reactions");
    };
  }

  private static String text(JsonNode given) {
    String body = given.path("body").asString("");
    if (body.isBlank()) {
      throw Refusals.missing("text.body must have 1 to 4096 characters");
    }
    if (body.codePointCount(0, body.length()) > LONGEST_TEXT) {
      throw GraphError.invalidParameter("Param text['body'] must be at most 4096 characters long.")
          .withDetails("Param text['body'] must be at most 4096 characters long.");
    }
    return body;
  }

  private static Content reaction(JsonNode given) {
    if (given.path("message_id").asString("").isBlank()) {
      throw Refusals.missing("reaction.message_id is required");
    }
    return Content.of("reaction", given.path("emoji").asString(""), object(given));
  }

  private static ObjectNode object(JsonNode given) {
    return given instanceof ObjectNode object ? object.deepCopy() : Answer.object();
  }
}
