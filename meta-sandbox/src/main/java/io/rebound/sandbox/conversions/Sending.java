package io.rebound.sandbox.conversions;

import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request says of all its events.
 *
 * @param at when it came, in Unix milliseconds
 * @param testCode {@code test_event_code}; empty if it has none
 * @param agent the name in {@code partner_agent}, small and without the version; empty if it has
 *     none
 */
record Sending(long at, String testCode, String agent) {
  private static final Pattern VERSION = Pattern.compile("[-_. ]*v?[0-9][-_.0-9]*$");

  static Sending of(long at, String testCode, String partnerAgent) {
    return new Sending(at, testCode, agent(partnerAgent));
  }

  /** How quality is told apart by agent: {@code Acme_1_0} is {@code acme}. */
  static String agent(String partnerAgent) {
    return VERSION.matcher(partnerAgent.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
  }

  /** One told by {@link #writeTo}. */
  static Sending restored(JsonNode change) {
    return new Sending(
        change.path("at").asLong(),
        change.path("test").asString(""),
        change.path("agent").asString(""));
  }

  void writeTo(ObjectNode change) {
    change.put("at", at).put("test", testCode);
    if (!agent.isEmpty()) {
      change.put("agent", agent);
    }
  }
}
