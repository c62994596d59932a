package io.rebound.sandbox.page;

import io.rebound.sandbox.whatsapp.Templates;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The message templates and whether they may be sent. */
@Component
class TemplateList implements Section {
  private final Templates templates;

  TemplateList(Templates templates) {
    this.templates = templates;
  }

  @Override
  public String name() {
    return "templates";
  }

  @Override
  public Html html() {
    List<Templates.Shown> all = templates.all();
    if (all.isEmpty()) {
      return Html.of("<p class=\"none\">No templates yet.</p>");
    }
    return Html.of(
        """
        <table><caption>{}</caption>
        <thead><tr><th scope="col">Template</th><th scope="col">Text</th><th scope="col">State</th></tr></thead>
        <tbody>{}</tbody></table>
        """,
        Words.counted(all.size(), "template", "templates"),
        Html.each(all, TemplateList::row));
  }

  private static Html row(Templates.Shown template) {
    return Html.of(
        """
        <tr><th scope="row">{}<br><small>{} · {}</small></th><td>{}</td><td><span class="pill {}">{}</span></td></tr>
        """,
        template.name(),
        template.language(),
        template.category().toLowerCase(Locale.ROOT),
        template.body(),
        tone(template.status()),
        template.status().toLowerCase(Locale.ROOT));
  }

  private static String tone(String status) {
    return switch (status) {
      case "APPROVED" -> "good";
      case "REJECTED", "PAUSED", "DISABLED" -> "bad";
      default -> "waiting";
    };
  }
}
