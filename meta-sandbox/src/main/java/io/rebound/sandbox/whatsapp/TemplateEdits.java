package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.SandboxProperties.Profile;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.Params;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes and deletes templates, within Meta's limits (Meta: Template management). */
@Component
class TemplateEdits {
  private static final Set<String> EDITABLE = Set.of("APPROVED", "REJECTED", "PAUSED");
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration A_MONTH = Duration.ofDays(30);
  private static final int MOST_A_MONTH = 10;

  private final TemplateStore templates;
  private final Reviews reviews;
  private final Telling telling;
  private final Clock clock;
  private final boolean limited;

  TemplateEdits(
      TemplateStore templates,
      Reviews reviews,
      Telling telling,
      Clock clock,
      SandboxProperties properties) {
    this.templates = templates;
    this.reviews = reviews;
    this.telling = telling;
    this.clock = clock;
    this.limited = properties.profile() == Profile.LIFELIKE;
  }

  /** An approved one stays so with its new text; a rejected one is reviewed anew. */
  void edit(Template template, Params params) {
    if (!EDITABLE.contains(template.status())) {
      throw GraphError.invalidParameter(
          2388039,
          "Template can't be edited",
          "Only approved, rejected and paused templates can be edited");
    }
    Template edited = template;
    String category = params.text("category").orElse(template.category());
    if (!category.equals(template.category())) {
      if (template.status().equals("APPROVED")) {
        throw GraphError.invalidParameter("The category of an approved template can't be edited");
      }
      edited = edited.with("category", TemplateRules.category(category));
    }
    JsonNode components = params.json("components");
    if (!components.isMissingNode()) {
      TemplateRules.checkComponents(components, template.placeholders());
      edited = edited.with("components", components);
    }
    if (template.status().equals("REJECTED")) {
      reviews.resubmit(edited);
      return;
    }
    Template live = counted(edited);
    telling.now("message_template_components_update", TemplateValues.components(live));
    templates.change(template.id(), _ -> live);
  }

  private Template counted(Template template) {
    long now = clock.millis();
    List<Long> earlier =
        template
            .behind()
            .path("edits")
            .valueStream()
            .map(JsonNode::asLong)
            .filter(at -> at + A_MONTH.toMillis() > now)
            .toList();
    boolean today = earlier.stream().anyMatch(at -> at + A_DAY.toMillis() > now);
    if (limited && (today || earlier.size() >= MOST_A_MONTH)) {
      throw GraphError.invalidParameter(
          "A template can be edited once in 24 hours and 10 times in 30 days");
    }
    ObjectNode behind = template.behind().deepCopy();
    ArrayNode edits = behind.putArray("edits");
    earlier.forEach(edits::add);
    edits.add(now);
    return new Template(template.kept(), behind);
  }

  /**
   * Deletes all languages of that name.
   *
   * @param id deletes only this one; empty for all
   */
  void delete(String name, String id) {
    List<Template> meant =
        templates.all().stream()
            .filter(template -> template.name().equals(name))
            .filter(template -> id.isEmpty() || template.id().equals(id))
            .toList();
    if (meant.isEmpty()) {
      throw GraphError.invalidParameter(
          2593002, "Message Template Not Found", "There is no template of that name");
    }
    if (meant.stream().anyMatch(template -> template.status().equals("DISABLED"))) {
      throw GraphError.invalidParameter("A disabled template can't be deleted");
    }
    for (Template template : meant) {
      boolean blocked = limited && template.status().equals("APPROVED");
      templates.delete(template, blocked ? clock.millis() + A_MONTH.toMillis() : 0);
    }
  }
}
