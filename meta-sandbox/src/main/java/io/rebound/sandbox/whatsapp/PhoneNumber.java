package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.faults.Faults;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import io.rebound.sandbox.graph.Params;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The business's number: messages go out from here. */
@Component
class PhoneNumber implements GraphNodes {
  private static final int LONGEST_TEXT = 4096;
  private static final int LONGEST_CALLBACK_DATA = 512;
  private static final int OUTSIDE_WINDOW = 131047;

  private final String id;
  private final String displayed;
  private final TemplateStore templates;
  private final MessageStore messages;
  private final Webhooks webhooks;
  private final Clock clock;
  private final Faults faults;

  PhoneNumber(
      SandboxProperties properties,
      TemplateStore templates,
      MessageStore messages,
      Webhooks webhooks,
      Clock clock,
      Faults faults) {
    this.id = properties.phoneNumberId();
    this.displayed = properties.displayPhoneNumber();
    this.templates = templates;
    this.messages = messages;
    this.webhooks = webhooks;
    this.clock = clock;
    this.faults = faults;
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
      case "POST messages" -> send(request);
      default -> throw request.unsupported();
    };
  }

  private Answer send(GraphRequest request) {
    Params params = request.params();
    if (!params.text("messaging_product").orElse("").equals("whatsapp")) {
      throw GraphError.invalidParameter("The parameter messaging_product is required.");
    }
    String to = params.text("to").orElseThrow(() -> missing("The parameter to is required"));
    String number = SandboxMessage.digits(to);
    if (number == null) {
      throw GraphError.of(400, 131009, "(#131009) Parameter value is not valid")
          .withDetails("to must be a telephone number");
    }
    String ours = params.text("biz_opaque_callback_data").orElse("");
    if (ours.length() > LONGEST_CALLBACK_DATA) {
      throw GraphError.invalidParameter(
          "Param biz_opaque_callback_data has at most 512 characters");
    }
    SandboxMessage valid =
        switch (params.text("type").orElse("text")) {
          case "template" -> template(number, ours, params.json("template"));
          case "text" -> text(number, ours, params.json("text"));
          default ->
              throw GraphError.of(400, 131051, "(#131051) Unsupported message type")
                  .withDetails("The sandbox sends templates and texts");
        };
    int later = faults.laterFailure(URI.create(request.address()).getPath());
    SandboxMessage message = later == 0 ? valid : valid.failingWith(later);
    messages.add(message);
    webhooks.tell(message);
    return accepted(to, message);
  }

  private static Answer accepted(String to, SandboxMessage message) {
    ObjectNode answer = Answer.object().put("messaging_product", "whatsapp");
    answer.putArray("contacts").addObject().put("input", to).put("wa_id", message.number());
    ObjectNode one = answer.putArray("messages").addObject().put("id", message.wamid());
    if (message.type().equals("template")) {
      one.put("message_status", "accepted");
    }
    return Answer.of(answer);
  }

  private SandboxMessage template(String number, String ours, JsonNode given) {
    String name = given.path("name").asString("");
    String language = given.path("language").path("code").asString("");
    if (name.isEmpty() || language.isEmpty()) {
      throw missing("template.name and template.language.code are required");
    }
    Template template =
        templates
            .find(name, language)
            .orElseThrow(() ->
                GraphError.of(
                        404, 132001, "(#132001) Template name does not exist in the translation")
                    .withDetails(
                        "template name (%s) does not exist in %s".formatted(name, language)));
    List<String> header = parameters(given, "header");
    List<String> body = parameters(given, "body");
    checkCount("header", template.parameters("HEADER"), header.size());
    checkCount("body", template.parameters("BODY"), body.size());
    return message(
        number, "template", name, language, body, template.filled(body), ours, "accepted", 0);
  }

  private static List<String> parameters(JsonNode given, String component) {
    var values = new ArrayList<String>();
    for (JsonNode one : given.path("components")) {
      if (one.path("type").asString("").equalsIgnoreCase(component)) {
        for (JsonNode parameter : one.path("parameters")) {
          String text = parameter.path("text").asString("");
          if (!parameter.path("type").asString("").equals("text") || text.isBlank()) {
            throw missing("Every parameter needs a type and a text that isn't empty");
          }
          if (text.contains("\n") || text.contains("\t") || text.contains("     ")) {
            throw GraphError.of(400, 132012, "(#132012) Parameter format does not match")
                .withDetails(
                    "Parameters have no new lines, tabs or more than four blanks in a row");
          }
          values.add(text);
        }
      }
    }
    return values;
  }

  private static void checkCount(String component, int expected, int given) {
    if (expected != given) {
      throw GraphError.of(
              400,
              132000,
              "(#132000) Number of parameters does not match the expected number of params")
          .withDetails(
              "%s: number of localizable_params (%d) does not match the expected number of params (%d)"
                  .formatted(component, given, expected));
    }
  }

  // Outside the window Meta takes the text and fails it afterwards.
  private SandboxMessage text(String number, String ours, JsonNode given) {
    String body = given.path("body").asString("");
    if (body.isBlank() || body.length() > LONGEST_TEXT) {
      throw missing("text.body must have 1 to 4096 characters");
    }
    int error = messages.windowOpen(number) ? 0 : OUTSIDE_WINDOW;
    return message(number, "text", "", "", List.of(), body, ours, "accepted", error);
  }

  private SandboxMessage message(
      String number,
      String type,
      String template,
      String language,
      List<String> parameters,
      String text,
      String ours,
      String status,
      int error) {
    return new SandboxMessage(
        messages.newWamid(number),
        false,
        number,
        type,
        template,
        language,
        parameters,
        text,
        ours,
        status,
        error,
        clock.millis());
  }

  private static GraphError missing(String details) {
    return GraphError.of(400, 131008, "(#131008) Required parameter is missing")
        .withDetails(details);
  }
}
