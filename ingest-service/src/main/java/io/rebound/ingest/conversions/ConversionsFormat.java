package io.rebound.ingest.conversions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.ActionSource;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.ArrivalTime;
import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.EventFormat;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.intake.RawEvent;
import io.rebound.ingest.intake.StatedConsent;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Understands server events of the Conversions API.
 *
 * @param request what the request says about all of them
 * @see <a
 *     href="https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event">Server
 *     event parameters</a>
 */
record ConversionsFormat(Arrival arrival, Fields request) implements EventFormat {
  static final String IN_THE_FUTURE = "is more than 24 hours in the future";

  @Override
  public RawEvent read(Element element) {
    var event = new Fields(element.json());
    String name = text(event, "event_name");
    Instant at = time(event);
    ActionSource actionSource =
        ActionSource.find(text(event, "action_source"))
            .orElseThrow(
                () -> new InvalidEvent("action_source", "must be one of Meta's action sources"));
    if (!event.has("user_data")) {
      throw new InvalidEvent("user_data", "must be given");
    }
    var person = new ConversionsPerson(event.requiredObject("user_data", "user_data"));
    Fields customData = MetaCustomData.given(event);
    Fields consent = event.requiredObject("consent", "consent");
    return new RawEvent(
        eventId(event, element),
        name,
        at,
        actionSource,
        event.text("event_source_url"),
        person.identifiers(),
        person.keys(),
        person.requestKeys(),
        person.contact(),
        arrival.source().locality(),
        StatedConsent.purposes(consent),
        MetaCustomData.of(name, customData, arrival.source()),
        customData,
        ServerEventFields.of(event, actionSource, request),
        StatedConsent.proof(consent, "consent"));
  }

  @Override
  public InvalidEvent named(InvalidEvent why) {
    return switch (why.field()) {
      case "messageId" -> new InvalidEvent("event_id", why.reason());
      case "event" -> new InvalidEvent("event_name", why.reason());
      case "userId" ->
          new InvalidEvent("user_data", "must hold a usable one of " + ConversionsPerson.WHO);
      default -> why;
    };
  }

  private static String text(Fields event, String name) {
    String text = event.json().path(name).isString() ? event.text(name) : null;
    if (text == null) {
      throw new InvalidEvent(name, "must be given as a string");
    }
    return text;
  }

  private Instant time(Fields event) {
    JsonNode time = event.json().path("event_time");
    Long seconds = null;
    if (time.isIntegralNumber() && time.canConvertToLong()) {
      seconds = time.longValue();
    } else if (time.isString() && time.stringValue().matches("\\d{1,12}")) {
      seconds = Long.valueOf(time.stringValue());
    }
    if (seconds == null || seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      throw new InvalidEvent("event_time", "must be a Unix time in seconds");
    }
    Instant claimed = Instant.ofEpochSecond(seconds);
    if (ArrivalTime.isFarFuture(claimed, arrival.receivedAt())) {
      throw new InvalidEvent("event_time", IN_THE_FUTURE);
    }
    return ArrivalTime.clamp(claimed, arrival.receivedAt());
  }

  /** Without an id of its own the event is told from others by what it says. */
  private static String eventId(Fields event, Element element) {
    String id = event.requiredId("event_id");
    return id == null
        ? UUID.nameUUIDFromBytes(element.json().toString().getBytes(UTF_8)).toString()
        : id;
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "ConversionsFormat[" + arrival.door() + "]";
  }
}
