package io.rebound.ingest.tracking;

import io.rebound.events.ActionSource;
import io.rebound.events.IdentifierType;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.EventFormat;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.intake.RawEvent;
import io.rebound.ingest.intake.RawIdentifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Understands Segment messages of one request.
 *
 * @param type what the path says they are; null where each says it itself
 * @param envelope what the request says about all of them
 * @param imported they came by the import path
 */
record SegmentFormat(
    Arrival arrival,
    DoorRequest request,
    @Nullable MessageType type,
    Fields envelope,
    boolean imported,
    SegmentConsent consent)
    implements EventFormat {

  @Override
  public RawEvent read(Element element) {
    var message = new Fields(element.json());
    MessageType kind = type == null ? typeOf(message) : type;
    Fields context = context(message);
    Fields properties = message.requiredObject("properties", "properties");
    String name = name(kind, message);
    Instant at = SegmentTime.happened(message, sentAt(message), arrival.receivedAt(), imported);
    var person = SegmentPerson.of(kind, message, context, properties);
    var visit = new SegmentRequest(request, message, context, properties);
    return new RawEvent(
        messageId(message),
        name,
        at,
        actionSource(properties),
        pageUrl(kind, context, properties),
        identifiers(kind, person, visit),
        person.keys(),
        visit.keys(at),
        person.contact(),
        person.locality(arrival.source()),
        consent.stated(context),
        customData(kind, name, message, properties),
        kind == MessageType.IDENTIFY ? message.object("traits") : properties);
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

  /** The batch's context stands behind the message's own. */
  private Fields context(Fields message) {
    Fields own = message.requiredObject("context", "context");
    Fields shared = envelope.object("context");
    if (type != null || shared.json().isEmpty()) {
      return own;
    }
    ObjectNode both = (ObjectNode) shared.json().deepCopy();
    own.json().properties().forEach(entry -> both.set(entry.getKey(), entry.getValue()));
    return new Fields(both);
  }

  private static String name(MessageType kind, Fields message) {
    if (kind != MessageType.TRACK) {
      return kind.eventName();
    }
    if (message.has("event") && !message.json().path("event").isString()) {
      throw new InvalidEvent("event", "must be a string");
    }
    String name = message.text("event");
    if (name == null) {
      throw new InvalidEvent("event", "must be given: what was done");
    }
    return EventNames.atMeta(name);
  }

  private Optional<Instant> sentAt(Fields message) {
    Optional<Instant> own = Timestamps.read(message.json().path("sentAt"));
    return own.isPresent() ? own : Timestamps.read(envelope.json().path("sentAt"));
  }

  private static String messageId(Fields message) {
    String id = message.requiredId("messageId");
    // without one nobody can tell whether the client sent it twice
    return id == null ? UUID.randomUUID().toString() : id;
  }

  private ActionSource actionSource(Fields properties) {
    String stated = properties.text("action_source", "actionSource");
    return stated == null
        ? arrival.source().actionSource()
        : ActionSource.find(stated)
            .orElseThrow(() ->
                new InvalidEvent(
                    "properties.action_source", "must be one of Meta's action sources"));
  }

  private static @Nullable String pageUrl(MessageType kind, Fields context, Fields properties) {
    String page = context.object("page").text("url");
    // elsewhere properties.url is a product's
    return page == null && kind == MessageType.PAGE ? properties.text("url") : page;
  }

  private static List<RawIdentifier> identifiers(
      MessageType kind, SegmentPerson person, SegmentRequest visit) {
    List<RawIdentifier> identifiers = person.identifiers(kind);
    String fbp = visit.fbp();
    if (fbp != null) {
      identifiers.add(new RawIdentifier(IdentifierType.FBP, fbp));
    }
    return identifiers;
  }

  private Map<String, Object> customData(
      MessageType kind, String name, Fields message, Fields properties) {
    return switch (kind) {
      case TRACK -> CommerceData.of(name, properties, arrival.source());
      case PAGE, SCREEN -> {
        String title = message.text("name");
        yield title == null ? Map.of() : Map.of("content_name", title);
      }
      case IDENTIFY, GROUP, ALIAS -> Map.of();
    };
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "SegmentFormat[" + arrival.door() + "]";
  }
}
