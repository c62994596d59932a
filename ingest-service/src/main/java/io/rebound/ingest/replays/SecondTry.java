package io.rebound.ingest.replays;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.rebound.ingest.intake.Acceptance;
import io.rebound.ingest.intake.Acceptance.Rejection;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.DoorFormat;
import io.rebound.ingest.intake.DoorFormats;
import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.EventIntake;
import io.rebound.ingest.intake.EventsBody;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.intake.KeptEvents;
import io.rebound.ingest.intake.KeptRequest;
import io.rebound.ingest.quarantine.KeptEvent;
import io.rebound.ingest.quarantine.RejectedAgain;
import io.rebound.ingest.quarantine.RejectedEvent;
import io.rebound.ingest.sources.Source;
import io.rebound.ingest.sources.Sources;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.MissingNode;

/**
 * Takes a rejected event through the door it came by once more: with the source and the rules as
 * they are now, and the request and the time of arrival as they were then. Its id is the same at
 * each try, so one that was published and not removed counts once.
 */
@Component
class SecondTry {
  private final Sources sources;
  private final DoorFormats formats;
  private final EventIntake intake;

  SecondTry(Sources sources, DoorFormats formats, EventIntake intake) {
    this.sources = sources;
    this.formats = formats;
    this.intake = intake;
  }

  /** Done when Kafka has the event, or it is known why not. */
  CompletableFuture<Verdict> of(KeptEvent kept) {
    RejectedEvent event = kept.event();
    if (kept.locked()) {
      return rejected(kept, "event", "can't be opened with any of the quarantine's keys");
    }
    Optional<Source> source = sources.named(event.source());
    if (source.isEmpty()) {
      return rejected(kept, "source", "is not known any more");
    }
    Optional<DoorFormat> format = formats.of(event.door());
    if (format.isEmpty()) {
      return rejected(kept, "door", "doesn't take events any more");
    }
    Arrival arrival =
        KeptRequest.arrival(source.get(), event.door(), event.receivedAt(), event.request());
    return event.whole()
        ? wholeRequest(kept, arrival, format.get())
        : oneEvent(kept, arrival, format.get());
  }

  private CompletableFuture<Verdict> oneEvent(KeptEvent kept, Arrival arrival, DoorFormat format) {
    return again(arrival, List.of(element(kept.event().body())), kept, format)
        .thenApply(acceptance ->
            switch (acceptance) {
              case Acceptance.NotDurable(var pause) -> new Verdict.NotDurable(pause);
              case Acceptance.Refused(var rejected) -> still(kept, rejected.getFirst().why());
              case Acceptance.Stored(_, var rejected) ->
                  rejected.isEmpty()
                      ? new Verdict.Accepted(kept, List.of())
                      : still(kept, rejected.getFirst().why());
            });
  }

  private CompletableFuture<Verdict> wholeRequest(KeptEvent kept, Arrival then, DoorFormat format) {
    EventsBody body;
    try {
      body = format.read(then, kept.event().body());
    } catch (InvalidEvent unreadable) {
      return completedFuture(still(kept, unreadable));
    }
    Arrival arrival = then.with(body.envelope());
    return again(arrival, body.events(), kept, format)
        .thenApply(acceptance ->
            switch (acceptance) {
              case Acceptance.NotDurable(var pause) -> new Verdict.NotDurable(pause);
              case Acceptance.Refused(var rejected) -> rest(kept, arrival, body, rejected);
              case Acceptance.Stored(_, var rejected) -> rest(kept, arrival, body, rejected);
            });
  }

  private static Verdict rest(
      KeptEvent kept, Arrival arrival, EventsBody body, List<Rejection> rejected) {
    return new Verdict.Accepted(kept, KeptEvents.of(arrival, body.events(), rejected, false));
  }

  private CompletableFuture<Acceptance> again(
      Arrival arrival, List<Element> elements, KeptEvent kept, DoorFormat format) {
    return intake.acceptAgain(
        arrival, elements, format.of(arrival, element -> spareId(kept, element)));
  }

  /** Of a whole request each event has its own. */
  private static String spareId(KeptEvent kept, Element element) {
    var what = new ByteArrayOutputStream();
    what.writeBytes((kept.spareId() + "/" + element.from() + "/").getBytes(UTF_8));
    what.writeBytes(element.bytes());
    return UUID.nameUUIDFromBytes(what.toByteArray()).toString();
  }

  private static Element element(byte[] body) {
    try {
      return EventsBody.lone(body).events().getFirst();
    } catch (InvalidEvent unreadable) {
      return Element.whole(MissingNode.getInstance(), body);
    }
  }

  private static CompletableFuture<Verdict> rejected(KeptEvent kept, String field, String reason) {
    return completedFuture(new Verdict.Rejected(kept, new RejectedAgain(field, reason)));
  }

  private static Verdict still(KeptEvent kept, InvalidEvent why) {
    return new Verdict.Rejected(kept, new RejectedAgain(why.field(), why.reason()));
  }
}
