package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.faults.Faults;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import io.rebound.sandbox.graph.Params;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The business's number: messages go out from here. */
@Component
class PhoneNumber implements GraphNodes {
  private static final int LONGEST_CALLBACK_DATA = 512;

  private final String id;
  private final String displayed;
  private final Receivers receivers;
  private final Outgoing outgoing;
  private final Dispatch dispatch;
  private final MessageStore messages;
  private final Faults faults;

  PhoneNumber(
      SandboxProperties properties,
      Receivers receivers,
      Outgoing outgoing,
      Dispatch dispatch,
      MessageStore messages,
      Faults faults) {
    this.id = properties.phoneNumberId();
    this.displayed = properties.displayPhoneNumber();
    this.receivers = receivers;
    this.outgoing = outgoing;
    this.dispatch = dispatch;
    this.messages = messages;
    this.faults = faults;
  }

  @Override
  public Area area() {
    return Area.WHATSAPP;
  }

  @Override
  public boolean has(String object) {
    return object.equals(id);
  }

  @Override
  public Answer answer(GraphRequest request) {
    return switch (request.action()) {
      case "GET" ->
          Answer.of(
              Fields.select(
                  request.params(),
                  Answer.object()
                      .put("id", id)
                      .put("display_phone_number", displayed)
                      .put("verified_name", "Sandbox shop")
                      .put("quality_rating", "GREEN"),
                  "id,display_phone_number,verified_name,quality_rating"));
      case "POST messages" -> post(request);
      default -> throw request.unsupported();
    };
  }

  private Answer post(GraphRequest request) {
    Params params = request.params();
    if (!params.text("messaging_product").orElse("").equals("whatsapp")) {
      throw GraphError.invalidParameter("The parameter messaging_product is required.");
    }
    return params.text("status").isPresent()
        ? markRead(params)
        : send(params, faults.laterFailure(request.calledPath()));
  }

  // the person sees it; nothing follows
  private Answer markRead(Params params) {
    if (!params.text("status").orElse("").equals("read")) {
      throw GraphError.invalidParameter("Param status must be one of {READ}");
    }
    boolean known =
        messages
            .find(params.text("message_id").orElse(""))
            .filter(SandboxMessage::inbound)
            .isPresent();
    if (!known) {
      throw Refusals.invalid("message_id is no message that came in");
    }
    return Answer.success();
  }

  private Answer send(Params params, int laterFailure) {
    Receiver receiver = receivers.of(params);
    String ours = params.text("biz_opaque_callback_data").orElse("");
    if (ours.length() > LONGEST_CALLBACK_DATA) {
      throw GraphError.invalidParameter(
          "Param biz_opaque_callback_data has at most 512 characters");
    }
    Content content = outgoing.content(receiver, params);
    return accepted(receiver, dispatch.take(receiver, content, ours, laterFailure));
  }

  private static Answer accepted(Receiver receiver, SandboxMessage message) {
    ObjectNode answer = Answer.object().put("messaging_product", "whatsapp");
    answer.putArray("contacts").add(receiver.shown());
    ObjectNode one = answer.putArray("messages").addObject().put("id", message.wamid());
    if (message.content().isTemplate()) {
      one.put("message_status", "accepted");
    }
    return Answer.of(answer);
  }
}
