package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds what a person taps, in a message the business sent them, and what comes of it. */
@Component
class Taps {
  private final MessageStore messages;
  private final String business;

  Taps(MessageStore messages, SandboxProperties properties) {
    this.messages = messages;
    this.business = properties.displayPhoneNumber();
  }

  /**
   * Taps a reply button, a row of a list or a template's quick reply.
   *
   * @param tap may have {@code message_id}, otherwise the latest message that has such a thing is
   *     meant; and {@code id}, {@code title} (or {@code payload}, {@code text}) or {@code index},
   *     otherwise the first one
   * @throws IllegalArgumentException if there is nothing of the kind to tap
   */
  Content tap(Person person, String kind, JsonNode tap) {
    String wamid = tap.path("message_id").asString("");
    for (SandboxMessage message : messages.sentTo(person.number())) {
      List<JsonNode> choices = choices(message.content(), kind);
      if (!choices.isEmpty() && (wamid.isEmpty() || wamid.equals(message.wamid()))) {
        return reply(message, kind, choice(choices, tap));
      }
    }
    throw new IllegalArgumentException("the person got no message with a " + kind + " to tap");
  }

  private static List<JsonNode> choices(Content content, String kind) {
    JsonNode action = content.wire().path("action");
    Stream<JsonNode> found =
        kind.equals("list")
            ? action.path("sections").valueStream().flatMap(one -> one.path("rows").valueStream())
            : Stream.concat(
                content.wire().path("quick_replies").valueStream(),
                action.path("buttons").valueStream().map(one -> one.path("reply")));
    return found.toList();
  }

  private static JsonNode choice(List<JsonNode> choices, JsonNode tap) {
    if (tap.has("index")) {
      int index = tap.path("index").asInt(-1);
      if (index < 0 || index >= choices.size()) {
        throw new IllegalArgumentException("index is 0 to " + (choices.size() - 1));
      }
      return choices.get(index);
    }
    List<String> named = List.of("id", "title", "payload", "text");
    return choices.stream()
        .filter(choice ->
            named.stream()
                .filter(tap::has)
                .allMatch(name -> tap.path(name).equals(choice.path(name))))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the message has no such choice"));
  }

  private Content reply(SandboxMessage message, String kind, JsonNode choice) {
    ObjectNode wire = Answer.object();
    wire.putObject("context").put("from", business).put("id", message.wamid());
    if (message.content().isTemplate()) {
      wire.set("button", choice);
      return Content.of("button", choice.path("text").asString(""), wire);
    }
    String reply = kind.equals("list") ? "list_reply" : "button_reply";
    wire.putObject("interactive").put("type", reply).set(reply, choice);
    return Content.of("interactive", choice.path("title").asString(""), wire);
  }
}
