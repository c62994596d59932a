package io.rebound.meta;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** WhatsApp message templates of a WhatsApp business account (WABA). */
public final class MessageTemplates {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final GraphClient graph;

  MessageTemplates(GraphClient graph) {
    this.graph = graph;
  }

  /** A template as Meta has it; only one whose status is {@code APPROVED} can be sent. */
  public record TemplateState(
      String id, String name, String language, String status, String category) {}

  /** All languages of the template of exactly that name. */
  public GraphOutcome<List<TemplateState>> find(String waba, String name) {
    GraphCall call =
        GraphCall.get(Endpoint.TEMPLATES, waba, Ids.checked(waba) + "/message_templates")
            .with("name", name)
            .with("fields", "id,name,language,status,category")
            .with("limit", "100");
    return graph.call(
        call,
        answer ->
            answer
                .required("data")
                .valueStream()
                .map(MessageTemplates::state)
                .filter(template -> template.name().equals(name)) // Meta's filter is a search
                .toList());
  }

  /**
   * Submits a template for review.
   *
   * @param definition Meta's fields: name, language, category, components …
   */
  public GraphOutcome<TemplateState> create(String waba, Map<String, Object> definition) {
    String path = Ids.checked(waba) + "/message_templates";
    return graph.call(
        GraphCall.post(Endpoint.TEMPLATES, waba, path, JSON.writeValueAsString(definition)),
        answer ->
            new TemplateState(
                answer.required("id").asString(),
                String.valueOf(definition.get("name")),
                String.valueOf(definition.get("language")),
                answer.path("status").asString("PENDING"),
                answer.path("category").asString(String.valueOf(definition.get("category")))));
  }

  private static TemplateState state(JsonNode template) {
    return new TemplateState(
        template.path("id").asString(""),
        template.path("name").asString(""),
        template.path("language").asString(""),
        template.path("status").asString(""),
        template.path("category").asString(""));
  }
}
