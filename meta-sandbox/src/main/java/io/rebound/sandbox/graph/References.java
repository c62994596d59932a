package io.rebound.sandbox.graph;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code {result=name:$.data.*.id}} in a batch's later call: what an earlier one answered. */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\{result=([^:{}]+):\\$([^{}]*)}");

  private final Map<String, @Nullable JsonNode> answers;

  References(Map<String, @Nullable JsonNode> answers) {
    this.answers = answers;
  }

  String filled(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2))));
  }

  private String value(String name, String path) {
    JsonNode answer = answers.get(name);
    if (answer == null) {
      throw GraphError.invalidParameter("The request " + name + " didn't succeed");
    }
    List<JsonNode> found = List.of(answer);
    for (String step : path.split("[.\\[\\]]+")) {
      if (!step.isEmpty()) {
        found = found.stream().flatMap(node -> step(node, step)).toList();
      }
    }
    return found.stream()
        .map(node -> node.asString(node.toString()))
        .collect(Collectors.joining(","));
  }

  private static Stream<JsonNode> step(JsonNode node, String step) {
    if (step.equals("*")) {
      return node.valueStream();
    }
    JsonNode next =
        node.isArray() ? node.path((int) Params.number(step).orElse(-1)) : node.path(step);
    return next.isMissingNode() ? Stream.empty() : Stream.of(next);
  }
}
