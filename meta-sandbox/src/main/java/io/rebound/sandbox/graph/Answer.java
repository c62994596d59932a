package io.rebound.sandbox.graph;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a Graph call is answered: a status and a JSON body. */
public record Answer(int status, JsonNode body) {
  public static Answer of(JsonNode body) {
    return new Answer(200, body);
  }

  public static Answer success() {
    return of(object().put("success", true));
  }

  /** A new JSON object to fill. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
