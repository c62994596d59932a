package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What webhooks tell of messages and persons. */
@Component
class Values {
  private final SandboxProperties properties;

  Values(SandboxProperties properties) {
    this.properties = properties;
  }

  /**
   * A message's new status.
   *
   * @param priced whether this is one of the statuses that tell the price's class
   */
  ObjectNode status(SandboxMessage message, Person person, String status, boolean priced, long at) {
    ObjectNode value = value();
    if (!status.equals("failed")) {
      contact(value, person, at, !status.equals("sent"));
    }
    ObjectNode one =
        value
            .putArray("statuses")
            .addObject()
            .put("id", message.wamid())
            .put("status", status)
            .put("timestamp", seconds(at));
    if (person.showsNumber(at)) {
      one.put("recipient_id", person.number());
    }
    one.put("recipient_user_id", person.userId());
    if (!message.ours().isEmpty()) {
      one.put("biz_opaque_callback_data", message.ours());
    }
    if (status.equals("failed")) {
      one.putArray("errors").add(Failure.told(message.error()));
    } else if (priced) {
      one.putObject("pricing")
          .put("billable", true)
          .put("pricing_model", "PMP")
          .put("type", "regular")
          .put("category", message.content().category());
    }
    return value;
  }

  ObjectNode inbound(SandboxMessage message, Person person) {
    ObjectNode value = value();
    boolean system = message.type().equals("system");
    if (!system) {
      contact(value, person, message.at(), true);
    }
    ObjectNode one = value.putArray("messages").addObject();
    if (person.showsNumber(message.at())) {
      one.put("from", person.number());
    }
    if (!system) {
      one.put("from_user_id", person.userId());
    }
    one.put("id", message.wamid())
        .put("timestamp", seconds(message.at()))
        .put("type", message.type())
        .setAll(message.content().wire());
    return value;
  }

  /** The person pressed "Stop" or "Resume" for the business's offers. */
  ObjectNode preference(Person person, boolean stop, long at) {
    ObjectNode value = value();
    contact(value, person, at, true);
    ObjectNode one = value.putArray("user_preferences").addObject();
    if (person.showsNumber(at)) {
      one.put("wa_id", person.number());
    }
    one.put("user_id", person.userId())
        .put(
            "detail",
            stop
                ? "User requested to stop marketing messages"
                : "User requested to resume marketing messages")
        .put("category", "marketing_messages")
        .put("value", stop ? "stop" : "resume")
        .put("timestamp", at / 1000);
    return value;
  }

  private static void contact(ObjectNode value, Person person, long at, boolean withUsername) {
    ObjectNode contact = value.putArray("contacts").addObject();
    ObjectNode profile = contact.putObject("profile").put("name", "Sandbox user");
    if (withUsername && !person.username().isEmpty()) {
      profile.put("username", person.username());
    }
    if (person.showsNumber(at)) {
      contact.put("wa_id", person.number());
    }
    contact.put("user_id", person.userId());
  }

  private static String seconds(long at) {
    return String.valueOf(at / 1000);
  }

  private ObjectNode value() {
    ObjectNode value = Answer.object().put("messaging_product", "whatsapp");
    value
        .putObject("metadata")
        .put("display_phone_number", properties.displayPhoneNumber())
        .put("phone_number_id", properties.phoneNumberId());
    return value;
  }
}
