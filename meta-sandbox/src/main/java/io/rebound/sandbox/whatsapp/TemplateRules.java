package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.Params;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Meta refuses when a template is created. */
final class TemplateRules {
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,512}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Z]{2,3})?");
  private static final Set<String> CATEGORIES = Set.of("MARKETING", "UTILITY", "AUTHENTICATION");
  private static final Set<String> COMPONENTS = Set.of("HEADER", "BODY", "FOOTER", "BUTTONS");
  private static final Pattern EDGE_PLACEHOLDER =
      Pattern.compile("^\\s*\\{\\{[^}]*}}.*|.*\\{\\{[^}]*}}\\s*$", Pattern.DOTALL);
  private static final int LONGEST_BODY = 1024;

  private TemplateRules() {}

  /** The template without an id. */
  static ObjectNode checked(Params params) {
    String name = required(params, "name");
    String language = required(params, "language");
    String category = category(required(params, "category"));
    if (!NAME.matcher(name).matches()) {
      throw GraphError.invalidParameter(
          "Param name must be lower-case letters, digits and underscores");
    }
    if (!LANGUAGE.matcher(language).matches()) {
      throw GraphError.invalidParameter("Param language must be one of Meta's language codes");
    }
    JsonNode components = params.json("components");
    Placeholders format = Placeholders.of(params.text("parameter_format").orElse("POSITIONAL"));
    checkComponents(components, format);
    ObjectNode template =
        Answer.object()
            .put("name", name)
            .put("language", language)
            .put("category", category)
            .put("parameter_format", format.name())
            .put("rejected_reason", "NONE");
    template.putObject("quality_score").put("score", "UNKNOWN");
    template.set("components", components);
    return template;
  }

  static String category(String category) {
    if (!CATEGORIES.contains(category)) {
      throw GraphError.invalidParameter(
          "Param category must be one of {UTILITY, MARKETING, AUTHENTICATION}");
    }
    return category;
  }

  static void checkComponents(JsonNode components, Placeholders format) {
    if (!components.isArray()) {
      throw GraphError.invalidParameter("The parameter components is required");
    }
    boolean body = false;
    for (JsonNode component : components) {
      String type = component.path("type").asString("").toUpperCase(java.util.Locale.ROOT);
      if (!COMPONENTS.contains(type)) {
        throw GraphError.invalidParameter("Unknown component type " + type);
      }
      switch (type) {
        case "BODY" -> {
          body = true;
          checkBody(component, format);
        }
        case "FOOTER" -> ComponentRules.checkFooter(component);
        case "HEADER" -> ComponentRules.checkHeader(component, format);
        default -> ComponentRules.checkButtons(component.path("buttons"));
      }
    }
    if (!body) {
      throw GraphError.invalidParameter("A template needs a component of type BODY");
    }
  }

  private static void checkBody(JsonNode body, Placeholders format) {
    String text = body.path("text").asString("");
    if (text.isBlank() || text.length() > LONGEST_BODY) {
      throw GraphError.invalidParameter(
          2388040, "Character limit exceeded", "The body must have 1 to 1024 characters");
    }
    List<String> variables = format.in(text);
    if (EDGE_PLACEHOLDER.matcher(text).matches()) {
      throw GraphError.invalidParameter(
          2388299,
          "Variables can't be at the start or end of the template",
          "Put words around the variables");
    }
    boolean complete = variables.stream().allMatch(one -> text.contains("{{" + one + "}}"));
    if (!complete || format.without(text).contains("{{")) {
      throw GraphError.invalidParameter(
          2388073,
          "The message template is not formatted correctly",
          "Number the variables 1, 2 … or name them all");
    }
    if (!variables.isEmpty() && format.samples(body) != variables.size()) {
      throw GraphError.invalidParameter(
          2388043, "Missing sample", "Every variable of the body needs a sample");
    }
  }

  private static String required(Params params, String name) {
    return params
        .text(name)
        .orElseThrow(() -> GraphError.invalidParameter("The parameter " + name + " is required"));
  }
}
