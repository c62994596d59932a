package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.whatsapp.Person.Trait;
import java.time.Clock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What comes from persons; each message opens the customer service window anew. */
@Component
class Inbound {
  private final MessageStore messages;
  private final PersonStore persons;
  private final Telling telling;
  private final Clock clock;

  Inbound(MessageStore messages, PersonStore persons, Telling telling, Clock clock) {
    this.messages = messages;
    this.persons = persons;
    this.telling = telling;
    this.clock = clock;
  }

  SandboxMessage text(String number, String text, JsonNode referral) {
    ObjectNode wire = Answer.object();
    wire.putObject("text").put("body", text);
    if (referral.isObject() || referral.asBoolean(false)) {
      wire.set("referral", Referrals.of(referral, number + clock.millis()));
    }
    return add(number, Content.of("text", text, wire));
  }

  SandboxMessage reaction(String number, String wamid, String emoji) {
    ObjectNode wire = Answer.object();
    ObjectNode reaction = wire.putObject("reaction").put("message_id", wamid);
    if (!emoji.isEmpty()) {
      reaction.put("emoji", emoji);
    }
    return add(number, Content.of("reaction", emoji, wire));
  }

  /**
   * The person sends that.
   *
   * @throws IllegalArgumentException if they can't write to the business at present
   */
  SandboxMessage add(String number, Content content) {
    long now = clock.millis();
    Person before = persons.of(number);
    if (before.is(Trait.UNREACHABLE) || before.is(Trait.BLOCKED)) {
      throw new IllegalArgumentException("who has no WhatsApp or blocks the business can't write");
    }
    Person person = persons.change(number, known -> known.hasWritten(now));
    var message =
        new SandboxMessage(
            messages.newWamid(person.showsNumber(now) ? number : person.userId()),
            true,
            number,
            person.userId(),
            content,
            "",
            "received",
            0,
            now);
    messages.add(message);
    telling.inbound(message, person);
    return message;
  }

  /** The person sees what was delivered to them; the business is told unless they don't let it. */
  ObjectNode read(Person person, String wamid) {
    int count = 0;
    for (SandboxMessage message : messages.sentTo(person.number())) {
      boolean meant = wamid.isEmpty() || wamid.equals(message.wamid());
      if (meant && message.status().equals("delivered")) {
        count++;
        if (!person.is(Trait.NO_RECEIPTS)) {
          telling.step(message, person, new Course.Step("read", 0, false));
        }
      }
    }
    return person.shown().put("read", count);
  }
}
