package io.rebound.sandbox.graph;

import io.rebound.sandbox.limits.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A refusal in Meta's words. Thrown wherever it is found; the door turns it into the answer. */
public final class GraphError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient ObjectNode envelope;

  private GraphError(int status, String type, int code, @Nullable Integer subcode, String message) {
    super(message, null, false, false);
    this.status = status;
    this.envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("message", message).put("type", type).put("code", code);
    if (subcode != null) {
      envelope.put("error_subcode", subcode);
    }
  }

  /** Any error of the usual type. */
  public static GraphError of(int status, int code, String message) {
    return new GraphError(status, "OAuthException", code, null, message);
  }

  public static GraphError of(int status, int code, int subcode, String message) {
    return new GraphError(status, "OAuthException", code, subcode, message);
  }

  /** Code 100 without a subcode. */
  public static GraphError invalidParameter(String message) {
    return of(400, 100, "(#100) " + message);
  }

  /** Code 100 with a subcode and the texts for people that come with it. */
  public static GraphError invalidParameter(int subcode, String title, String text) {
    return of(400, 100, subcode, "Invalid parameter").forPeople(title, text);
  }

  /** The object doesn't exist, or isn't this token's: Meta doesn't tell which. */
  public static GraphError unknownObject(String method, String id) {
    return new GraphError(
        400,
        "GraphMethodException",
        100,
        33,
        "Unsupported %s request. Object with ID '%s' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api"
            .formatted(method.toLowerCase(java.util.Locale.ROOT), id));
  }

  /** A limit is used up; the same call is good later. */
  static GraphError limited(Refusal limit) {
    var error =
        new GraphError(
            limit.status(), "OAuthException", limit.code(), limit.subcode(), limit.message());
    error.envelope.put("is_transient", true);
    return error;
  }

  public static GraphError unknownPath(String path) {
    return of(400, 2500, "Unknown path components: /" + path);
  }

  /** Adds Meta's title and text for people. */
  public GraphError forPeople(String title, String text) {
    envelope.put("is_transient", false).put("error_user_title", title).put("error_user_msg", text);
    return this;
  }

  /** Names the parameter at fault, as a path: {@code custom_data}, {@code currency}. */
  public GraphError blaming(String... path) {
    ArrayNode spec = envelope.putObject("error_data").putArray("blame_field_specs").addArray();
    for (String part : path) {
      spec.add(part);
    }
    return this;
  }

  /** Adds the details the WhatsApp endpoints give. */
  public GraphError withDetails(String details) {
    envelope.putObject("error_data").put("messaging_product", "whatsapp").put("details", details);
    return this;
  }

  /** As {@code debug_token} tells it. */
  ObjectNode shortly() {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.set("code", envelope.get("code"));
    told.set("message", envelope.get("message"));
    if (envelope.has("error_subcode")) {
      told.set("subcode", envelope.get("error_subcode"));
    }
    return told;
  }

  Answer answer(String fbtraceId) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("error", envelope.deepCopy().put("fbtrace_id", fbtraceId));
    return new Answer(status, body);
  }
}
