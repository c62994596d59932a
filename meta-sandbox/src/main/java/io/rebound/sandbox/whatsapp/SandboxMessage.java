package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message between the business and a person.
 *
 * @param wamid Meta's id of it
 * @param inbound whether the person sent it
 * @param number the person's, digits only
 * @param type {@code template}, {@code text} …
 * @param template its name; empty if it is none
 * @param text what the person reads or wrote
 * @param ours what the sender gave as {@code biz_opaque_callback_data}; empty if nothing
 * @param status of an outbound one: {@code accepted}, {@code sent}, {@code delivered}, {@code
 *     failed}; of an inbound one: {@code received}, {@code posted}
 * @param error the code of a failed one; 0 otherwise
 * @param at in Unix milliseconds
 */
public record SandboxMessage(
    String wamid,
    boolean inbound,
    String number,
    String type,
    String template,
    String language,
    List<String> parameters,
    String text,
    String ours,
    String status,
    int error,
    long at) {

  SandboxMessage with(String newStatus) {
    return new SandboxMessage(
        wamid,
        inbound,
        number,
        type,
        template,
        language,
        parameters,
        text,
        ours,
        newStatus,
        error,
        at);
  }

  SandboxMessage failingWith(int code) {
    return new SandboxMessage(
        wamid, inbound, number, type, template, language, parameters, text, ours, status, code, at);
  }

  /** Whether a webhook still has to tell something of it. */
  boolean open() {
    return inbound ? status.equals("received") : !status.equals("delivered") && !isFailed();
  }

  boolean isFailed() {
    return status.equals("failed");
  }

  /** As it is shown and as the journal keeps it. */
  public ObjectNode shown() {
    ObjectNode shown =
        Answer.object()
            .put("wamid", wamid)
            .put("direction", inbound ? "inbound" : "outbound")
            .put(inbound ? "from" : "to", number)
            .put("type", type)
            .put("text", text)
            .put("status", status)
            .put("at", at);
    if (!template.isEmpty()) {
      shown.put("template", template).put("language", language);
      ArrayNode list = shown.putArray("parameters");
      parameters.forEach(list::add);
    }
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
        kept.path("type").asString(""),
        kept.path("template").asString(""),
        kept.path("language").asString(""),
        kept.path("parameters").valueStream().map(JsonNode::asString).toList(),
        kept.path("text").asString(""),
        kept.path("biz_opaque_callback_data").asString(""),
        kept.path("status").asString(""),
        kept.path("error").asInt(0),
        kept.path("at").asLong(0));
  }

  /** Never shows the number or the text. */
  @Override
  public String toString() {
    return "SandboxMessage[" + type + " " + status + "]";
  }

  static @Nullable String digits(String number) {
    String digits = number.replaceAll("[+ ()-]", "");
    return digits.matches("[0-9]{5,15}") ? digits : null;
  }
}
