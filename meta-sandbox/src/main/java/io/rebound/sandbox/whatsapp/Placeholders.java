package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.GraphError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The variables of a template's texts, in one of Meta's two formats. */
enum Placeholders {
  /** Numbered from 1; parameters come in their order. */
  POSITIONAL("\\{\\{\\s*(\\d+)\\s*}}"),
  /** Named in lower case; every parameter says its name. */
  NAMED("\\{\\{\\s*([a-z_][a-z0-9_]*)\\s*}}");

  private final Pattern pattern;

  Placeholders(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  static Placeholders of(String format) {
    return switch (format.toUpperCase(Locale.ROOT)) {
      case "POSITIONAL" -> POSITIONAL;
      case "NAMED" -> NAMED;
      default ->
          throw GraphError.invalidParameter(
              "Param parameter_format must be one of {NAMED, POSITIONAL}");
    };
  }

  /** Their names, each once; the numbers from 1 to the highest. */
  List<String> in(String text) {
    var found = new LinkedHashSet<String>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    if (this == NAMED) {
      return List.copyOf(found);
    }
    int highest = found.stream().mapToInt(Integer::parseInt).max().orElse(0);
    var numbers = new ArrayList<String>();
    for (int number = 1; number <= highest; number++) {
      numbers.add(String.valueOf(number));
    }
    return numbers;
  }

  /** The text without them. */
  String without(String text) {
    return pattern.matcher(text).replaceAll("");
  }

  /** How many of the body's variables have a sample. */
  int samples(JsonNode body) {
    JsonNode example = body.path("example");
    return this == NAMED
        ? example.path("body_text_named_params").size()
        : example.path("body_text").path(0).size();
  }

  /** The values that come with a message for one component, by the placeholders' names. */
  Map<String, String> given(JsonNode components, String component) {
    var values = new LinkedHashMap<String, String>();
    for (JsonNode one : components) {
      if (one.path("type").asString("").equalsIgnoreCase(component)) {
        for (JsonNode parameter : one.path("parameters")) {
          values.put(name(parameter, values.size() + 1), value(parameter));
        }
      }
    }
    return values;
  }

  private String name(JsonNode parameter, int number) {
    String name = parameter.path("parameter_name").asString("");
    if (this == POSITIONAL) {
      return String.valueOf(number);
    }
    if (name.isEmpty()) {
      throw GraphError.invalidParameter("Invalid parameter")
          .withDetails("Parameter name is missing or empty");
    }
    return name;
  }

  private static String value(JsonNode parameter) {
    String text = parameter.path("text").asString("");
    if (!parameter.path("type").asString("").equals("text") || text.isBlank()) {
      throw Refusals.missing("Every parameter needs a type and a text that isn't empty");
    }
    if (text.contains("\n") || text.contains("\t") || text.contains("     ")) {
      throw formatMismatch("Parameters have no new lines, tabs or more than four blanks in a row");
    }
    return text;
  }

  static GraphError formatMismatch(String details) {
    return GraphError.of(400, 132012, "(#132012) Parameter format does not match")
        .withDetails(details);
  }

  /** The text with the values in place. */
  String filled(String text, Map<String, String> values) {
    return pattern
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }
}
