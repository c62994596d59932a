package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a template and its parameters into what a person reads, or refuses to. */
@Component
class TemplateUse {
  private static final int USER_ID_REFUSED = 131062;

  private final TemplateStore templates;

  TemplateUse(TemplateStore templates) {
    this.templates = templates;
  }

  Content content(Receiver receiver, JsonNode given) {
    String name = given.path("name").asString("");
    String language = given.path("language").path("code").asString("");
    if (name.isEmpty() || language.isEmpty()) {
      throw Refusals.missing("template.name and template.language.code are required");
    }
    Template template = templates.find(name, language).orElseThrow(() -> unknown(name, language));
    template.checkSendable();
    if (template.category().equals("AUTHENTICATION") && !receiver.byNumber()) {
      throw GraphError.of(400, USER_ID_REFUSED, "(#131062) Business-scoped user id not allowed")
          .withDetails("Authentication templates are sent to telephone numbers only");
    }
    List<String> header = parameters(given, "header");
    List<String> body = parameters(given, "body");
    checkCount("header", template.parameters("HEADER"), header.size());
    checkCount("body", template.parameters("BODY"), body.size());
    ObjectNode wire = Answer.object();
    ArrayNode replies = buttons(template, given);
    if (!replies.isEmpty()) {
      wire.set("quick_replies", replies);
    }
    return new Content(
        "template",
        template.filled(body),
        name,
        language,
        template.category().toLowerCase(Locale.ROOT),
        body,
        wire);
  }

  static GraphError unknown(String name, String language) {
    return GraphError.of(404, 132001, "(#132001) Template name does not exist in the translation")
        .withDetails("template name (%s) does not exist in %s".formatted(name, language));
  }

  private static List<String> parameters(JsonNode given, String component) {
    var values = new ArrayList<String>();
    for (JsonNode one : given.path("components")) {
      if (one.path("type").asString("").equalsIgnoreCase(component)) {
        for (JsonNode parameter : one.path("parameters")) {
          String text = parameter.path("text").asString("");
          if (!parameter.path("type").asString("").equals("text") || text.isBlank()) {
            throw Refusals.missing("Every parameter needs a type and a text that isn't empty");
          }
          if (text.contains("\n") || text.contains("\t") || text.contains("     ")) {
            throw GraphError.of(400, 132012, "(#132012) Parameter format does not match")
                .withDetails(
                    "Parameters have no new lines, tabs or more than four blanks in a row");
          }
          values.add(text);
        }
      }
    }
    return values;
  }

  private static void checkCount(String component, int expected, int given) {
    if (expected != given) {
      throw GraphError.of(
              400,
              132000,
              "(#132000) Number of parameters does not match the expected number of params")
          .withDetails(
              "%s: number of localizable_params (%d) does not match the expected number of params (%d)"
                  .formatted(component, given, expected));
    }
  }

  // what a tap on each quick reply says: the payload that was sent along, else its label
  private static ArrayNode buttons(Template template, JsonNode given) {
    JsonNode buttons = template.buttons();
    ArrayNode replies = Answer.object().putArray("quick_replies");
    for (int index = 0; index < buttons.size(); index++) {
      JsonNode button = buttons.path(index);
      JsonNode parameter = parameter(given, index);
      String type = button.path("type").asString("");
      String label = button.path("text").asString("");
      if (type.equals("QUICK_REPLY")) {
        replies
            .addObject()
            .put("text", label)
            .put("payload", parameter.path("payload").asString(label));
      } else if (type.equals("URL")
          && button.path("url").asString("").contains("{{")
          && parameter.path("text").asString("").isBlank()) {
        throw Refusals.missing(
            "buttons: Button at index %d of type Url requires a parameter".formatted(index));
      }
    }
    return replies;
  }

  private static JsonNode parameter(JsonNode given, int index) {
    for (JsonNode one : given.path("components")) {
      if (one.path("type").asString("").equalsIgnoreCase("button")
          && one.path("index").asString("").equals(String.valueOf(index))) {
        return one.path("parameters").path(0);
      }
    }
    return Answer.object();
  }
}
