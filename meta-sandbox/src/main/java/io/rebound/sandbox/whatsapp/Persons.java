package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.whatsapp.Person.Trait;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The people at the other end: they write, tap and change their minds when they are told to, by
 * {@code POST /_sandbox/whatsapp/inbound}. {@code from} is a number with its country code, {@code
 * type} what they do.
 *
 * <ul>
 *   <li>{@code text} (usual): {@code text}, perhaps {@code referral} from an ad
 *   <li>{@code button}, {@code list}: see {@link Taps}
 *   <li>{@code reaction}: {@code message_id} and {@code emoji}; without an emoji it is taken back
 *   <li>{@code read}: what was sent to them; with {@code message_id} only that
 *   <li>{@code stop}, {@code resume}: whether they want the business's marketing
 *   <li>{@code block}, {@code unblock}: the business isn't told
 *   <li>{@code receipts}: {@code on}; off, nobody is told what they read
 *   <li>{@code username}: {@code username} is adopted; none given up
 *   <li>{@code change_number}: {@code to} is the new one
 *   <li>{@code whatsapp}: {@code on}; off, the number has no WhatsApp
 * </ul>
 */
@Component
public class Persons {
  private final PersonStore persons;
  private final Inbound inbound;
  private final Taps taps;
  private final Telling telling;
  private final NumberChange numberChange;

  Persons(
      PersonStore persons, Inbound inbound, Taps taps, Telling telling, NumberChange numberChange) {
    this.persons = persons;
    this.inbound = inbound;
    this.taps = taps;
    this.telling = telling;
    this.numberChange = numberChange;
  }

  /**
   * Does it.
   *
   * @return the message it made, else the person as they are now
   * @throws IllegalArgumentException if it can't be done, with the reason
   */
  public ObjectNode act(JsonNode act) {
    Person person = persons.of(number(act, "from"));
    String number = person.number();
    return switch (act.path("type").asString("text")) {
      case "text" -> inbound.text(number, text(act, "text"), act.path("referral")).shown();
      case "button" -> inbound.add(number, taps.tap(person, "button", act)).shown();
      case "list" -> inbound.add(number, taps.tap(person, "list", act)).shown();
      case "reaction" ->
          inbound.reaction(number, text(act, "message_id"), act.path("emoji").asString("")).shown();
      case "read" -> inbound.read(person, act.path("message_id").asString(""));
      case "stop" -> preference(number, true);
      case "resume" -> preference(number, false);
      case "block" -> with(number, Trait.BLOCKED, true);
      case "unblock" -> with(number, Trait.BLOCKED, false);
      case "receipts" -> with(number, Trait.NO_RECEIPTS, !on(act));
      case "whatsapp" -> with(number, Trait.UNREACHABLE, !on(act));
      case "username" -> {
        String username = act.path("username").asString("");
        yield persons.change(number, known -> known.named(username)).shown();
      }
      case "change_number" -> numberChange.change(number, number(act, "to")).shown();
      default -> throw new IllegalArgumentException("type is nothing that persons here can do");
    };
  }

  private ObjectNode preference(String number, boolean stop) {
    Person person = persons.change(number, known -> known.with(Trait.STOPPED, stop));
    telling.preference(person, stop);
    return person.shown();
  }

  private ObjectNode with(String number, Trait trait, boolean holds) {
    return persons.change(number, known -> known.with(trait, holds)).shown();
  }

  private static boolean on(JsonNode act) {
    if (!act.path("on").isBoolean()) {
      throw new IllegalArgumentException("on is true or false");
    }
    return act.path("on").asBoolean();
  }

  private static String number(JsonNode act, String name) {
    String number = SandboxMessage.digits(act.path(name).asString(""));
    if (number == null) {
      throw new IllegalArgumentException(name + " is a telephone number with its country code");
    }
    return number;
  }

  private static String text(JsonNode act, String name) {
    String text = act.path(name).asString("");
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          name.equals("text") ? "text is what the person writes" : name + " is missing");
    }
    return text;
  }
}
