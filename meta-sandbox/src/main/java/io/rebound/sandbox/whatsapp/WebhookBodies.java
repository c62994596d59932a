package io.rebound.sandbox.whatsapp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import org.springframework.stereotype.Component;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Meta posts to a webhook, byte for byte as Meta writes it: other characters than ASCII are
 * escaped, which the signature is over.
 */
@Component
class WebhookBodies {
  private static final JsonMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final SandboxProperties properties;

  WebhookBodies(SandboxProperties properties) {
    this.properties = properties;
  }

  byte[] status(SandboxMessage message, String status, long at) {
    ObjectNode value = value();
    ObjectNode one =
        value
            .putArray("statuses")
            .addObject()
            .put("id", message.wamid())
            .put("status", status)
            .put("timestamp", String.valueOf(at / 1000))
            .put("recipient_id", message.number());
    if (!message.ours().isEmpty()) {
      one.put("biz_opaque_callback_data", message.ours());
    }
    if (status.equals("failed")) {
      String title = FailureTexts.title(message.error());
      ObjectNode error =
          one.putArray("errors")
              .addObject()
              .put("code", message.error())
              .put("title", title)
              .put("message", title);
      error.putObject("error_data").put("details", FailureTexts.details(message.error()));
    } else {
      one.putObject("pricing")
          .put("billable", true)
          .put("pricing_model", "PMP")
          .put("type", "regular")
          .put("category", message.type().equals("template") ? "marketing" : "service");
    }
    return bytes(value);
  }

  byte[] inbound(SandboxMessage message) {
    ObjectNode value = value();
    value
        .putArray("contacts")
        .addObject()
        .put("wa_id", message.number())
        .putObject("profile")
        .put("name", "Sandbox user");
    value
        .putArray("messages")
        .addObject()
        .put("from", message.number())
        .put("id", message.wamid())
        .put("timestamp", String.valueOf(message.at() / 1000))
        .put("type", "text")
        .putObject("text")
        .put("body", message.text());
    return bytes(value);
  }

  private ObjectNode value() {
    ObjectNode value = Answer.object().put("messaging_product", "whatsapp");
    value
        .putObject("metadata")
        .put("display_phone_number", properties.displayPhoneNumber())
        .put("phone_number_id", properties.phoneNumberId());
    return value;
  }

  private byte[] bytes(ObjectNode value) {
    ObjectNode body = Answer.object().put("object", "whatsapp_business_account");
    ObjectNode entry = body.putArray("entry").addObject().put("id", properties.waba());
    ObjectNode change = entry.putArray("changes").addObject().put("field", "messages");
    change.set("value", value);
    return ASCII.writeValueAsString(body).getBytes(US_ASCII);
  }
}
