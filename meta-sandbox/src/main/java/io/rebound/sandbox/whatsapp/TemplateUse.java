package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a template and its parameters into what a person reads, or refuses to. */
@Component
class TemplateUse {
  private static final int USER_ID_REFUSED = 131062;
  private static final int LONGEST_BODY = 1024;

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
    checked(template, "header", given);
    Map<String, String> body = checked(template, "body", given);
    String text = template.placeholders().filled(template.text("BODY"), body);
    if (text.codePointCount(0, text.length()) > LONGEST_BODY) {
      throw GraphError.of(400, 132005, "(#132005) Translated text too long")
          .withDetails("The body with its parameters has at most 1024 characters");
    }
    ObjectNode wire = Answer.object();
    ArrayNode replies = buttons(template, given);
    if (!replies.isEmpty()) {
      wire.set("quick_replies", replies);
    }
    return new Content(
        "template",
        text,
        name,
        language,
        template.category().toLowerCase(Locale.ROOT),
        List.copyOf(body.values()),
        wire);
  }

  static GraphError unknown(String name, String language) {
    return GraphError.of(404, 132001, "(#132001) Template name does not exist in the translation")
        .withDetails("template name (%s) does not exist in %s".formatted(name, language));
  }

  private static Map<String, String> checked(Template template, String component, JsonNode given) {
    Map<String, String> values = template.placeholders().given(given.path("components"), component);
    List<String> expected = template.parameters(component);
    if (expected.size() != values.size()) {
      throw GraphError.of(
              400,
              132000,
              "(#132000) Number of parameters does not match the expected number of params")
          .withDetails(
              "%s: number of localizable_params (%d) does not match the expected number of params (%d)"
                  .formatted(component, values.size(), expected.size()));
    }
    if (!values.keySet().containsAll(expected)) {
      throw Placeholders.formatMismatch(component + ": the parameters are " + expected);
    }
    return values;
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
