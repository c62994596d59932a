package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whom a message is for.
 *
 * @param input as the caller wrote it
 * @param byNumber whether it was a number, and not a business-scoped user id
 */
record Receiver(String input, Person person, boolean byNumber) {
  /** As the answer to a message shows it: the number only if the caller knew it. */
  ObjectNode shown() {
    ObjectNode shown = Answer.object().put("input", input);
    if (byNumber) {
      shown.put("wa_id", person.number());
    }
    return shown.put("user_id", person.userId());
  }

  /** What the message's id is made of, which mustn't give away a number. */
  String visible() {
    return byNumber ? person.number() : person.userId();
  }
}
