package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.whatsapp.Notice.Happening;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Meta does to templates on demand, by {@code PUT /_sandbox/whatsapp/templates/{id}}: {@code
 * status} APPROVED, REJECTED (with a {@code reason}), PAUSED or DISABLED; {@code quality} GREEN,
 * YELLOW, RED or UNKNOWN; {@code category}. Red quality pauses for three hours, then for six, and
 * the third time for good (Meta: Template pausing).
 */
@Component
public class Quality {
  private static final Set<String> SCORES = Set.of("GREEN", "YELLOW", "RED", "UNKNOWN");
  private static final Set<String> CATEGORIES = Set.of("MARKETING", "UTILITY");
  private static final Duration FIRST_PAUSE = Duration.ofHours(3);
  private static final Duration SECOND_PAUSE = Duration.ofHours(6);

  private final TemplateStore templates;
  private final Reviews reviews;
  private final Telling telling;
  private final Clock clock;

  Quality(TemplateStore templates, Reviews reviews, Telling telling, Clock clock) {
    this.templates = templates;
    this.reviews = reviews;
    this.telling = telling;
    this.clock = clock;
  }

  /**
   * Does what is asked, and tells the business.
   *
   * @return the template as the Graph API shows it now
   * @throws IllegalArgumentException if there is no such template or nothing that can be done
   */
  public ObjectNode change(String id, JsonNode wanted) {
    Template template = known(id);
    if (wanted.has("status")) {
      status(template, wanted.path("status").asString(), wanted.path("reason").asString("SCAM"));
    } else if (wanted.has("quality")) {
      quality(template, word(wanted, "quality", SCORES));
    } else {
      String category = word(wanted, "category", CATEGORIES);
      telling.now("template_category_update", TemplateValues.category(template, category));
      templates.change(id, now -> now.with("category", category));
    }
    return known(id).kept();
  }

  private Template known(String id) {
    return templates
        .withId(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no template of that id"));
  }

  private static String word(JsonNode wanted, String name, Set<String> words) {
    String word = wanted.path(name).asString("");
    if (!words.contains(word)) {
      throw new IllegalArgumentException(
          "one of status, quality, category is wanted; " + name + " is one of " + words);
    }
    return word;
  }

  private void status(Template template, String status, String reason) {
    switch (status) {
      case "APPROVED" -> reviews.approve(template);
      case "REJECTED" -> reviews.reject(template, reason);
      case "PAUSED" -> pause(template);
      case "DISABLED" -> disable(template);
      default ->
          throw new IllegalArgumentException("status is APPROVED, REJECTED, PAUSED or DISABLED");
    }
  }

  private void quality(Template template, String score) {
    telling.now("message_template_quality_update", TemplateValues.quality(template, score));
    ObjectNode shown = Answer.object().put("score", score).put("date", clock.millis() / 1000);
    templates
        .change(template.id(), now -> now.with("quality_score", shown))
        .filter(now -> score.equals("RED") && now.status().equals("APPROVED"))
        .ifPresent(this::pause);
  }

  private void pause(Template template) {
    Template paused = template.oneMore("pauses").with("status", "PAUSED");
    int times = paused.times("pauses");
    if (times > 2) {
      disable(template);
      return;
    }
    Duration pause = times == 1 ? FIRST_PAUSE : SECOND_PAUSE;
    telling.now(
        Reviews.STATUS_FIELD,
        TemplateValues.status(
            template,
            "PAUSED",
            times == 1 ? "FIRST_PAUSE" : "SECOND_PAUSE",
            "Paused for %d hours because of its quality".formatted(pause.toHours())));
    telling.timer(
        clock.millis() + pause.toMillis(), new Happening(template.id(), "unpause " + times));
    templates.change(template.id(), _ -> paused);
  }

  private void disable(Template template) {
    ObjectNode value =
        TemplateValues.status(
            template, "DISABLED", "DISABLED", "Its quality was too low too often");
    value.putObject("disable_info").put("disable_date", String.valueOf(clock.millis() / 1000));
    telling.now(Reviews.STATUS_FIELD, value);
    templates.change(template.id(), now -> now.with("status", "DISABLED"));
  }
}
