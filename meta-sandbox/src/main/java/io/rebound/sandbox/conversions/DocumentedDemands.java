package io.rebound.sandbox.conversions;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.GraphError;
import tools.jackson.databind.JsonNode;

/** What Meta's pages demand and its servers let pass: refused here only if a setting says so. */
record DocumentedDemands(SandboxProperties.Conversions settings) {
  private static final String UNHASHED = "unhashed:";

  void check(JsonNode event) {
    if (settings.hashingRequired()) {
      checkHashing(event);
    }
    if (settings.webDetailsRequired()
        && event.path("action_source").asString("").equals("website")) {
      require(event.path("event_source_url"), "event_source_url");
      require(event.path("user_data").path("client_user_agent"), "user_data", "client_user_agent");
    }
  }

  private static void checkHashing(JsonNode event) {
    for (String word : Review.of(event).diagnostics()) {
      if (word.startsWith(UNHASHED)) {
        String key = word.substring(UNHASHED.length());
        throw GraphError.invalidParameter(
                2804019,
                "Customer Information Isn't Hashed",
                "The parameter user_data.%s must be hashed with SHA-256.".formatted(key))
            .blaming("user_data", key);
      }
    }
  }

  private static void require(JsonNode value, String... path) {
    if (value.asString("").isBlank()) {
      throw GraphError.invalidParameter(
              2804019,
              "Missing Parameter",
              "Website events need the parameter %s.".formatted(String.join(".", path)))
          .blaming(path);
    }
  }
}
