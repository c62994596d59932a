package io.rebound.sandbox.page;

import io.rebound.sandbox.faults.Faults;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The fault rules in force and how often each was hit. */
@Component
class FaultsInForce implements Section {
  private final Faults faults;

  FaultsInForce(Faults faults) {
    this.faults = faults;
  }

  @Override
  public String name() {
    return "faults";
  }

  @Override
  public Html html() {
    List<JsonNode> rules = faults.shown().valueStream().toList();
    if (rules.isEmpty()) {
      return Html.of(
          "<p class=\"none\">No fault is switched on: every call gets Meta's answer.</p>");
    }
    return Html.of(
        """
        <table><caption>Rules in force, the first one that hits decides</caption>
        <thead><tr><th scope="col">Calls</th><th scope="col">What happens</th><th scope="col" class="n">Hits</th></tr></thead>
        <tbody>{}</tbody></table>
        """,
        Html.each(rules, FaultsInForce::row));
  }

  private static Html row(JsonNode rule) {
    return Html.of(
        "<tr><td>{} <code>{}</code>{}{}</td><td>{}</td><td class=\"n\">{}</td></tr>",
        rule.path("method").asString("any method"),
        rule.path("path").asString(""),
        Html.when(
            rule.path("percent").asInt(100) < 100,
            Html.of(" · {} % of them", rule.path("percent").asInt(100))),
        Html.when(
            rule.has("times_left"), Html.of(" · {} more times", rule.path("times_left").asLong(0))),
        effect(rule.path("effect")),
        Words.number(rule.path("hits").asLong(0)));
  }

  private static String effect(JsonNode effect) {
    List<String> words = new ArrayList<>();
    if (effect.has("hang_ms")) {
      words.add("waits %d ms".formatted(effect.path("hang_ms").asLong(0)));
    }
    if (effect.path("reset").asBoolean(false)) {
      words.add("connection ends without an answer");
    }
    if (effect.has("status")) {
      JsonNode code = effect.path("body").path("error").path("code");
      words.add(
          "answers " + effect.path("status").asInt(0) + (code.isNumber() ? " code " + code : ""));
    }
    if (effect.path("after_effect").asBoolean(false)) {
      words.add("after doing what was asked");
    }
    return String.join(", ", words);
  }
}
