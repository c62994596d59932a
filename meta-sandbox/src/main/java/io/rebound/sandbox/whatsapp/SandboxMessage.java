package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message between the business and a person.
 *
 * @param wamid Meta's id of it
 * @param inbound whether the person sent it
 * @param number the person's, digits only
 * @param userId the person's id within the business portfolio
 * @param ours what the sender gave as {@code biz_opaque_callback_data}; empty if nothing
 * @param status of an outbound one: {@code accepted}, {@code sent}, {@code delivered}, {@code
 *     read}, {@code failed}; of an inbound one: {@code received}, {@code posted}
 * @param error the code of a failed one; 0 otherwise
 * @param at in Unix milliseconds
 */
public record SandboxMessage(
    String wamid,
    boolean inbound,
    String number,
    String userId,
    Content content,
    String ours,
    String status,
    int error,
    long at) {
  private static final List<String> RANKS =
      List.of("accepted", "received", "sent", "posted", "delivered", "read", "failed");

  /** In that status, unless it has come further: what happened can't be undone. */
  SandboxMessage with(String newStatus) {
    return RANKS.indexOf(newStatus) <= RANKS.indexOf(status)
        ? this
        : new SandboxMessage(wamid, inbound, number, userId, content, ours, newStatus, error, at);
  }

  String type() {
    return content.type();
  }

  /** What the person reads, or wrote. */
  public String text() {
    return content.text();
  }

  /** The template's name; empty if it is none. */
  public String template() {
    return content.template();
  }

  /** As it is shown and as the journal keeps it. */
  public ObjectNode shown() {
    ObjectNode shown =
        Answer.object()
            .put("wamid", wamid)
            .put("direction", inbound ? "inbound" : "outbound")
            .put(inbound ? "from" : "to", number)
            .put("user_id", userId)
            .put("status", status)
            .put("at", at);
    content.show(shown);
    if (!ours.isEmpty()) {
      shown.put("biz_opaque_callback_data", ours);
    }
    if (error != 0) {
      shown.put("error", error);
    }
    return shown;
  }

  static SandboxMessage restored(JsonNode kept) {
    boolean inbound = kept.path("direction").asString("").equals("inbound");
    return new SandboxMessage(
        kept.path("wamid").asString(""),
        inbound,
        kept.path(inbound ? "from" : "to").asString(""),
        kept.path("user_id").asString(""),
        Content.restored(kept),
        kept.path("biz_opaque_callback_data").asString(""),
        kept.path("status").asString(""),
        kept.path("error").asInt(0),
        kept.path("at").asLong(0));
  }

  /** Never shows the number or the text. */
  @Override
  public String toString() {
    return "SandboxMessage[" + content.type() + " " + status + "]";
  }

  static @Nullable String digits(String number) {
    String digits = number.replaceAll("[+ ()-]", "");
    return digits.matches("[0-9]{5,15}") ? digits : null;
  }
}
