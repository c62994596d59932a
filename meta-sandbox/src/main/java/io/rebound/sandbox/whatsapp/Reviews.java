package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.SandboxProperties.Profile;
import io.rebound.sandbox.whatsapp.Notice.Happening;
import java.time.Clock;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Meta's reviewers: at once in the instant profile, which finds everything good; after a while in
 * the lifelike one, which takes offers for marketing whatever they were called, and rejects what
 * asks for the numbers of cards.
 */
@Component
class Reviews {
  static final String STATUS_FIELD = "message_template_status_update";
  private static final Pattern FRAUDULENT =
      Pattern.compile("(card|account|id) number|\\b(PIN|CVV)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern PROMOTIONAL =
      Pattern.compile(
          "discount|coupon|voucher|\\boffers?\\b|\\bsale\\b|% off", Pattern.CASE_INSENSITIVE);

  private final TemplateStore templates;
  private final Telling telling;
  private final Clock clock;
  private final Pace pace;
  private final boolean instant;

  Reviews(
      TemplateStore templates,
      Telling telling,
      Clock clock,
      Pace pace,
      SandboxProperties properties) {
    this.templates = templates;
    this.telling = telling;
    this.clock = clock;
    this.pace = pace;
    this.instant = properties.profile() == Profile.INSTANT;
  }

  /** A new template as it is until, and unless, somebody objects. */
  Template submit(ObjectNode about) {
    Template template = templates.create(about.put("status", instant ? "APPROVED" : "PENDING"));
    return instant ? template : await(template);
  }

  /** A rejected one that was improved. */
  void resubmit(Template template) {
    Template improved = template.with("rejected_reason", "NONE");
    if (instant) {
      templates.change(template.id(), _ -> improved.with("status", "APPROVED"));
    } else {
      await(improved.with("status", "PENDING"));
    }
  }

  private Template await(Template template) {
    Template waiting = template.oneMore("reviews");
    telling.timer(
        clock.millis() + pace.review().toMillis(),
        new Happening(template.id(), "review " + waiting.times("reviews")));
    templates.change(template.id(), _ -> waiting);
    return waiting;
  }

  /** What a timer was set for happens, if the template still waits for it. */
  void timeHasCome(String id, String what) {
    templates
        .withId(id)
        .ifPresent(template -> {
          if (what.equals("review " + template.times("reviews"))
              && template.status().equals("PENDING")) {
            decide(template);
          } else if (what.equals("unpause " + template.times("pauses"))
              && template.status().equals("PAUSED")) {
            unpause(template);
          }
        });
  }

  private void decide(Template template) {
    String text = template.text("BODY");
    if (FRAUDULENT.matcher(text).find()) {
      reject(template, "SCAM");
    } else if (PROMOTIONAL.matcher(text).find() && !template.category().equals("MARKETING")) {
      approve(template.with("category", "MARKETING"));
    } else {
      approve(template);
    }
  }

  // told first: a kill in between tells it twice, not never
  void approve(Template template) {
    telling.now(STATUS_FIELD, TemplateValues.status(template, "APPROVED", "NONE"));
    templates.change(
        template.id(), _ -> template.with("status", "APPROVED").with("rejected_reason", "NONE"));
  }

  void reject(Template template, String reason) {
    telling.now(STATUS_FIELD, TemplateValues.status(template, "REJECTED", reason));
    templates.change(
        template.id(), _ -> template.with("status", "REJECTED").with("rejected_reason", reason));
  }

  void unpause(Template template) {
    telling.now(
        STATUS_FIELD,
        TemplateValues.status(template, "APPROVED", "UNPAUSE", "The template can be sent again"));
    templates.change(template.id(), _ -> template.with("status", "APPROVED"));
  }
}
