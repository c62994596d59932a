package io.rebound.ingest.tracking;

import io.rebound.events.ActionSource;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.sources.Source;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message with what its batch says about all of them.
 *
 * @param envelope the batch; of a lone message, the message itself
 * @param context the batch's stands behind the message's own
 */
record SegmentMessage(
    MessageType kind, Fields json, Fields envelope, Fields context, Fields properties) {

  /**
   * @param type what the path says it is, which wins; null where each message says it itself
   */
  static SegmentMessage of(JsonNode json, @Nullable MessageType type, Fields envelope) {
    var message = new Fields(json);
    return new SegmentMessage(
        type == null ? typeOf(message) : type,
        message,
        envelope,
        context(message, type == null ? envelope : Fields.none()),
        message.requiredObject("properties", "properties"));
  }

  private static MessageType typeOf(Fields message) {
    String type = message.text("type");
    if (type == null) {
      throw new InvalidEvent("type", "must be given for every message of a batch");
    }
    return MessageType.ofWireName(type)
        .orElseThrow(() ->
            new InvalidEvent("type", "must be one of track, identify, page, screen, group, alias"));
  }

  private static Fields context(Fields message, Fields envelope) {
    Fields own = message.requiredObject("context", "context");
    Fields shared = envelope.requiredObject("context", "context");
    if (shared.json().isEmpty()) {
      return own;
    }
    ObjectNode both = JsonNodeFactory.instance.objectNode();
    shared.json().properties().forEach(entry -> both.set(entry.getKey(), entry.getValue()));
    own.json().properties().forEach(entry -> both.set(entry.getKey(), entry.getValue()));
    return new Fields(both);
  }

  /** Its name behind the doors, or the word for an event that isn't wanted. */
  String name(Source source) {
    if (kind != MessageType.TRACK) {
      return kind.eventName();
    }
    if (json.has("event") && !json.json().path("event").isString()) {
      throw new InvalidEvent("event", "must be a string");
    }
    String name = json.text("event");
    if (name == null) {
      throw new InvalidEvent("event", "must be given: what was done");
    }
    return EventNames.of(name, source.commerce());
  }

  /** Its own or its batch's, as far as it can be read. */
  Optional<Instant> sentAt() {
    Optional<Instant> own = Timestamps.read(json.json().path("sentAt"));
    return own.isPresent() ? own : Timestamps.read(envelope.json().path("sentAt"));
  }

  String id() {
    String id = json.requiredId("messageId");
    // without one nobody can tell whether the client sent it twice
    return id == null ? UUID.randomUUID().toString() : id;
  }

  ActionSource actionSource(Source source) {
    String stated = properties.text("action_source", "actionSource");
    return stated == null
        ? source.actionSource()
        : ActionSource.find(stated)
            .orElseThrow(() ->
                new InvalidEvent(
                    "properties.action_source", "must be one of Meta's action sources"));
  }

  @Nullable String pageUrl() {
    String page = context.object("page").text("url");
    // elsewhere properties.url is a product's
    return page == null && kind == MessageType.PAGE ? properties.text("url") : page;
  }

  /** Whether the client asks that Meta doesn't get it. */
  boolean isKeptFromMeta() {
    return Integrations.keepFromMeta(json.object("integrations"), envelope.object("integrations"));
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "SegmentMessage[" + kind + "]";
  }
}
