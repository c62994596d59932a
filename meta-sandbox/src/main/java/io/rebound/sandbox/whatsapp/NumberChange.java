package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.whatsapp.Person.Trait;
import java.time.Clock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person takes their WhatsApp to another number: they get another business-scoped user id, and
 * the business a system message that names both ids (Meta: system messages webhook).
 */
@Component
class NumberChange {
  private final PersonStore persons;
  private final UserIds userIds;
  private final MessageStore messages;
  private final Telling telling;
  private final Clock clock;

  NumberChange(
      PersonStore persons, UserIds userIds, MessageStore messages, Telling telling, Clock clock) {
    this.persons = persons;
    this.userIds = userIds;
    this.messages = messages;
    this.telling = telling;
    this.clock = clock;
  }

  /** The system message that tells it; the old number has no WhatsApp any more. */
  SandboxMessage change(String number, String newNumber) {
    if (number.equals(newNumber)) {
      throw new IllegalArgumentException("to is another number");
    }
    long now = clock.millis();
    Person before = persons.of(number);
    persons.change(number, known -> known.with(Trait.UNREACHABLE, true).named(""));
    Person after = persons.change(newNumber, _ -> before.at(newNumber, userIds.of(newNumber)));
    boolean shown = before.showsNumber(now);
    String text =
        shown
            ? "User Sandbox user changed from %s to %s".formatted(number, newNumber)
            : "User Sandbox user changed their number";
    ObjectNode wire = Answer.object();
    ObjectNode system = wire.putObject("system").put("body", text);
    if (shown) {
      system.put("wa_id", newNumber);
    }
    system
        .put("type", shown ? "user_changed_number" : "user_changed_user_id")
        .put("user_id", after.userId())
        .put("previous_user_id", before.userId());
    var message =
        new SandboxMessage(
            messages.newWamid(shown ? number : before.userId()),
            true,
            number,
            before.userId(),
            Content.of("system", text, wire),
            "",
            "received",
            0,
            now);
    messages.add(message);
    telling.inbound(message, before);
    return message;
  }
}
