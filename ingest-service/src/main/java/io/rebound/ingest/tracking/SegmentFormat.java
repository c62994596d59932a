package io.rebound.ingest.tracking;

import static io.rebound.ingest.sources.VisitRules.Crawlers.DROP;
import static io.rebound.ingest.sources.VisitRules.Crawlers.KEEP;

import io.rebound.events.IdentifierType;
import io.rebound.events.KeptBack;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.EventFormat;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.LeftOut;
import io.rebound.ingest.intake.RawEvent;
import io.rebound.ingest.intake.RawIdentifier;
import io.rebound.ingest.intake.ServerFields;
import io.rebound.ingest.intake.Understood;
import io.rebound.ingest.sources.CommerceRules;
import io.rebound.ingest.sources.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  public Understood read(Element element) {
    SegmentMessage message = SegmentMessage.of(element.json(), type, envelope);
    String name = message.name(arrival.source());
    SegmentRequest visit = visit(message);
    boolean crawler =
        arrival.source().visits().crawlers() != KEEP && Crawlers.sent(visit.userAgent());
    LeftOut leftOut = leftOut(name, crawler);
    return leftOut == null ? event(message, name, visit, crawler) : leftOut;
  }

  private RawEvent event(
      SegmentMessage message, String name, SegmentRequest visit, boolean marked) {
    Source source = arrival.source();
    var time = SegmentTime.of(message.json(), message.sentAt(), arrival.receivedAt(), imported);
    var person =
        SegmentPerson.of(message.kind(), message.json(), message.context(), message.properties());
    SegmentConsent.Statement stated =
        name.equals(EventNames.CONSENT_UPDATED)
            ? consent.required(message.context())
            : consent.stated(message.context());
    return new RawEvent(
        message.id(),
        name,
        time.at(),
        message.actionSource(source),
        message.pageUrl(),
        identifiers(message.kind(), person, visit),
        person.keys(),
        visit.keys(time.at()),
        person.contact(),
        person.locality(source),
        stated.purposes(),
        customData(name, message, marked),
        message.kind() == MessageType.IDENTIFY
            ? message.json().object("traits")
            : message.properties(),
        ServerFields.none(),
        stated.form(),
        stated.proof(),
        time.claimedAt(),
        keptBack(name, message, marked));
  }

  /** Why the message isn't wanted; null: it is. */
  private @Nullable LeftOut leftOut(String name, boolean crawler) {
    if (crawler && arrival.source().visits().crawlers() == DROP) {
      return LeftOut.BOT;
    }
    return name.equals(CommerceRules.IGNORE) ? LeftOut.IGNORED : null;
  }

  SegmentRequest visit(SegmentMessage message) {
    return new SegmentRequest(request, message.json(), message.context(), message.properties());
  }

  private @Nullable KeptBack keptBack(String name, SegmentMessage message, boolean marked) {
    if (name.equals(EventNames.CONSENT_UPDATED)) {
      return KeptBack.STATEMENT;
    }
    if (marked) {
      return KeptBack.BOT;
    }
    if (EventNames.takesBack(name) && !arrival.source().commerce().refundsToMeta()) {
      return KeptBack.SOURCE;
    }
    return message.isKeptFromMeta() ? KeptBack.CLIENT : null;
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

  private Map<String, Object> customData(String name, SegmentMessage message, boolean marked) {
    Map<String, Object> data =
        message.kind() == MessageType.TRACK
            ? CommerceData.of(name, message.properties(), arrival.source())
            : new LinkedHashMap<>(); // who it was, not what was done
    if (message.kind() == MessageType.PAGE || message.kind() == MessageType.SCREEN) {
      String title = message.json().text("name");
      if (title != null) {
        data.put("content_name", title);
      }
    }
    if (marked) {
      data.put("crawler", true);
    }
    return data;
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "SegmentFormat[" + arrival.door() + "]";
  }
}
