package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import tools.jackson.databind.node.ObjectNode;

/** What webhooks tell of templates (Meta: message_template_status_update and its neighbours). */
final class TemplateValues {
  private TemplateValues() {}

  static ObjectNode status(Template template, String event, String reason) {
    return about(template)
        .put("event", event)
        .put("message_template_category", template.category())
        .put("reason", reason);
  }

  /** Of a pause, its end, or the end of the template. */
  static ObjectNode status(Template template, String event, String title, String description) {
    ObjectNode value = status(template, event, "NONE");
    value.putObject("other_info").put("title", title).put("description", description);
    return value;
  }

  static ObjectNode quality(Template template, String score) {
    return about(template)
        .put("previous_quality_score", template.quality())
        .put("new_quality_score", score);
  }

  static ObjectNode category(Template template, String category) {
    return about(template)
        .put("previous_category", template.category())
        .put("new_category", category);
  }

  static ObjectNode components(Template template) {
    ObjectNode value = about(template).put("message_template_element", template.text("BODY"));
    if (!template.text("HEADER").isEmpty()) {
      value.put("message_template_title", template.text("HEADER"));
    }
    if (!template.text("FOOTER").isEmpty()) {
      value.put("message_template_footer", template.text("FOOTER"));
    }
    return value;
  }

  private static ObjectNode about(Template template) {
    return Answer.object()
        .put("message_template_id", Long.parseLong(template.id()))
        .put("message_template_name", template.name())
        .put("message_template_language", template.language());
  }
}
