package io.rebound.sandbox.whatsapp;

import java.util.List;
import org.springframework.stereotype.Component;

/** The account's templates, for whoever looks. */
@Component
public final class Templates {
  private final TemplateStore store;

  Templates(TemplateStore store) {
    this.store = store;
  }

  /** A template in one language. */
  public record Shown(String name, String language, String category, String status, String body) {}

  /** By name and language. */
  public List<Shown> all() {
    return store.all().stream().map(Templates::shown).toList();
  }

  private static Shown shown(Template template) {
    return new Shown(
        template.name(),
        template.language(),
        template.kept().path("category").asString(""),
        template.kept().path("status").asString(""),
        template.text("BODY"));
  }
}
