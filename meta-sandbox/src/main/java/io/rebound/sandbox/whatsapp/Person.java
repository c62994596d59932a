package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What WhatsApp knows between the business's number and one person.
 *
 * @param number digits only
 * @param userId the business-scoped one
 * @param username empty as long as the person has none
 * @param wrote when the person last wrote, in Unix milliseconds; 0 if never
 * @param contacted when a message last went between their number and the business's
 */
public record Person(
    String number, String userId, String username, Set<Trait> traits, long wrote, long contacted) {
  private static final Duration SERVICE_WINDOW = Duration.ofHours(24);
  private static final Duration NUMBER_KNOWN = Duration.ofDays(30);

  /** What may be true of a person, and isn't of most. */
  public enum Trait {
    /** Pressed "Stop" for the business's offers. */
    STOPPED,
    /** Blocked the business. */
    BLOCKED,
    /** Has no WhatsApp at this number, or no longer. */
    UNREACHABLE,
    /** Tells nobody what they have read. */
    NO_RECEIPTS
  }

  static Person unknown(String number, String userId) {
    return new Person(number, userId, "", Set.of(), 0, 0);
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  Person with(Trait trait, boolean holds) {
    var changed = EnumSet.noneOf(Trait.class);
    changed.addAll(traits);
    if (holds) {
      changed.add(trait);
    } else {
      changed.remove(trait);
    }
    return new Person(number, userId, username, changed, wrote, contacted);
  }

  Person named(String newUsername) {
    return new Person(number, userId, newUsername, traits, wrote, contacted);
  }

  /** A message from a number the business may not see doesn't make it one it knows. */
  Person hasWritten(long at) {
    return new Person(
        number,
        userId,
        username,
        traits,
        at,
        showsNumber(at) ? Math.max(at, contacted) : contacted);
  }

  Person wasContacted(long at) {
    return new Person(number, userId, username, traits, wrote, Math.max(at, contacted));
  }

  /** The same person with everything but the number and the id that hangs on it. */
  Person at(String newNumber, String newUserId) {
    return new Person(newNumber, newUserId, username, traits, wrote, contacted);
  }

  /** Whether the customer service window is open: the person wrote within 24 hours. */
  boolean windowOpen(long now) {
    return wrote > 0 && wrote + SERVICE_WINDOW.toMillis() > now;
  }

  /**
   * Whether webhooks tell the number: always while the person has no username, then only if a
   * message went between the two numbers within 30 days.
   */
  boolean showsNumber(long now) {
    return username.isEmpty() || (contacted > 0 && contacted + NUMBER_KNOWN.toMillis() > now);
  }

  /** As it is shown and as the journal keeps it. */
  public ObjectNode shown() {
    ObjectNode shown = Answer.object().put("number", number).put("user_id", userId);
    if (!username.isEmpty()) {
      shown.put("username", username);
    }
    ArrayNode words = shown.putArray("traits");
    traits.forEach(trait -> words.add(trait.name().toLowerCase(Locale.ROOT)));
    return shown.put("wrote", wrote).put("contacted", contacted);
  }

  static Person restored(JsonNode kept) {
    var traits = EnumSet.noneOf(Trait.class);
    kept.path("traits")
        .valueStream()
        .map(word -> Trait.valueOf(word.asString().toUpperCase(Locale.ROOT)))
        .forEach(traits::add);
    return new Person(
        kept.path("number").asString(""),
        kept.path("user_id").asString(""),
        kept.path("username").asString(""),
        traits,
        kept.path("wrote").asLong(0),
        kept.path("contacted").asLong(0));
  }

  /** Never shows the number, the id or the name. */
  @Override
  public String toString() {
    return "Person" + traits;
  }
}
