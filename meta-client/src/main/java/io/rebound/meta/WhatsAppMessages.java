package io.rebound.meta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends WhatsApp messages: {@code POST /{phone number id}/messages}. There is no idempotency key:
 * after {@link GraphOutcome.Unknown} the message may have gone out, and only a status webhook
 * tells.
 */
public final class WhatsAppMessages {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final GraphClient graph;

  WhatsAppMessages(GraphClient graph) {
    this.graph = graph;
  }

  /**
   * A message from an approved template.
   *
   * @param language exactly as the template has it, for instance {@code en_US}
   * @param components Meta's components with their parameters
   */
  public record Template(String name, String language, List<Map<String, Object>> components) {
    /** The parameters may be personal data. */
    @Override
    public String toString() {
      return "Template[" + name + " " + language + "]";
    }
  }

  /**
   * Meta has accepted the message; whether it arrives comes by webhook.
   *
   * @param wamid the message's id; contains the recipient's number, so it is personal data
   * @param status {@code accepted}, or what template pacing made of it
   */
  public record Accepted(String wamid, String status) {
    @Override
    public String toString() {
      return "Accepted[" + status + "]";
    }
  }

  /** Whether the number can send now; see {@link GraphClient#ready}. */
  public boolean ready(String phoneNumberId) {
    return graph.ready(Endpoint.MESSAGES, phoneNumberId);
  }

  /**
   * @param to E.164 with the plus sign: without it Meta may add the sender's country
   * @param ourId echoed in the status webhooks, at most 512 characters
   */
  public GraphOutcome<Accepted> sendTemplate(
      String phoneNumberId, String to, Template template, String ourId) {
    return send(
        phoneNumberId,
        to,
        ourId,
        template.name(),
        "template",
        Map.of(
            "name", template.name(),
            "language", Map.of("code", template.language()),
            "components", template.components()));
  }

  /** A free text, which needs an open customer service window. */
  public GraphOutcome<Accepted> sendText(
      String phoneNumberId, String to, String text, String ourId) {
    return send(phoneNumberId, to, ourId, "", "text", Map.of("body", text));
  }

  private GraphOutcome<Accepted> send(
      String phoneNumberId,
      String to,
      String ourId,
      String subject,
      String type,
      Map<String, Object> content) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("messaging_product", "whatsapp");
    message.put("recipient_type", "individual");
    message.put("to", to);
    message.put("type", type);
    message.put(type, content);
    message.put("biz_opaque_callback_data", ourId);
    String path = Ids.checked(phoneNumberId) + "/messages";
    return graph.call(
        GraphCall.post(Endpoint.MESSAGES, phoneNumberId, path, JSON.writeValueAsString(message))
            .about(subject),
        WhatsAppMessages::accepted);
  }

  private static Accepted accepted(JsonNode answer) {
    JsonNode message = answer.required("messages").required(0);
    return new Accepted(
        message.required("id").asString(), message.path("message_status").asString("accepted"));
  }
}
