package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that is going to happen: a webhook to post, or a template whose time has come.
 *
 * @param due in Unix milliseconds; 0 means at once, wherever the clock is moved to
 * @param field the webhook's, as {@code messages}
 * @param value what the webhook tells
 * @param happens what comes true with it
 * @param attempts how often it was posted in vain
 */
record Notice(long id, long due, String field, ObjectNode value, Happening happens, int attempts) {

  /**
   * What comes true when a notice is due.
   *
   * @param subject a message's or a template's id; empty if nothing does
   * @param state the message's new status, or what is to be done with the template
   */
  record Happening(String subject, String state) {
    static final Happening NOTHING = new Happening("", "");
  }

  /** Whether it is there to be posted. */
  boolean isPosted() {
    return !field.isEmpty();
  }

  Notice again(long newDue) {
    return new Notice(id, newDue, field, value, Happening.NOTHING, attempts + 1);
  }

  ObjectNode kept() {
    ObjectNode kept =
        Answer.object()
            .put("id", id)
            .put("due", due)
            .put("field", field)
            .put("subject", happens.subject())
            .put("state", happens.state())
            .put("attempts", attempts);
    kept.set("value", value);
    return kept;
  }

  static Notice restored(JsonNode kept) {
    return new Notice(
        kept.path("id").asLong(),
        kept.path("due").asLong(),
        kept.path("field").asString(""),
        kept.path("value") instanceof ObjectNode value ? value : Answer.object(),
        new Happening(kept.path("subject").asString(""), kept.path("state").asString("")),
        kept.path("attempts").asInt(0));
  }

  /** Never shows what it tells. */
  @Override
  public String toString() {
    return "Notice[" + id + " " + field + "]";
  }
}
