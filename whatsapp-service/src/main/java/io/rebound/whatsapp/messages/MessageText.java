package io.rebound.whatsapp.messages;

import io.rebound.events.Contact;
import io.rebound.meta.WhatsAppMessages.Template;
import io.rebound.whatsapp.triggers.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills a trigger's template for a person. */
final class MessageText {
  private MessageText() {}

  /** Empty if a parameter has neither a value nor a fallback: Meta takes no empty one. */
  static Optional<Template> of(Trigger trigger, Contact contact) {
    var parameters = new ArrayList<Map<String, Object>>();
    for (String name : trigger.parameters()) {
      String value = value(name, contact);
      if (value == null || value.isBlank()) {
        value = trigger.fallbacks().get(name);
      }
      if (value == null) {
        return Optional.empty();
      }
      parameters.add(Map.of("type", "text", "text", value));
    }
    List<Map<String, Object>> components =
        parameters.isEmpty()
            ? List.of()
            : List.of(Map.of("type", "body", "parameters", parameters));
    return Optional.of(new Template(trigger.template(), trigger.language(), components));
  }

  private static @Nullable String value(String parameter, Contact contact) {
    return switch (parameter) {
      case "first_name" -> contact.firstName();
      default -> throw new IllegalArgumentException("Unknown parameter " + parameter);
    };
  }
}
