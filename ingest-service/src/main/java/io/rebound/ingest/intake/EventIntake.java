package io.rebound.ingest.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.intake.Acceptance.NotDurable;
import io.rebound.ingest.intake.Acceptance.Refused;
import io.rebound.ingest.intake.Acceptance.Rejection;
import io.rebound.ingest.intake.Acceptance.Stored;
import io.rebound.ingest.publishing.EventPublisher;
import io.rebound.ingest.publishing.WrittenEvent;
import io.rebound.ingest.quarantine.Quarantine;
import io.rebound.ingest.quarantine.RejectedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The way every event takes, whatever its door: understood, sealed, into Kafka; or, with the
 * reason, into the quarantine. The answer waits until both have what is theirs on disk, and good
 * events never wait for the quarantine: they are in Kafka before it is asked.
 *
 * <p>What can't be kept, be it that Kafka or the quarantine's database is away, is {@link
 * NotDurable}: the client sends the request again, and identity counts once what then comes twice.
 */
@Component
public class EventIntake {
  private static final Logger log = LoggerFactory.getLogger(EventIntake.class);

  private final EventSealing sealing;
  private final EventPublisher publisher;
  private final Quarantine quarantine;
  private final IntakeProperties properties;
  private final MeterRegistry metrics;
  private final Map<Outcome, Counter> counters = new ConcurrentHashMap<>();

  EventIntake(
      EventSealing sealing,
      EventPublisher publisher,
      Quarantine quarantine,
      IntakeProperties properties,
      MeterRegistry metrics) {
    this.sealing = sealing;
    this.publisher = publisher;
    this.quarantine = quarantine;
    this.properties = properties;
    this.metrics = metrics;
  }

  /** Keeps the good events of a request; refuses only where none is good. */
  public CompletableFuture<Acceptance> acceptGood(
      Arrival arrival, List<Element> elements, EventFormat format) {
    Judged judged = judge(arrival, elements, format);
    CompletableFuture<Boolean> published = publish(arrival, judged.good());
    // nearly always nothing is rejected, and each step of a future costs
    CompletableFuture<Boolean> kept =
        judged.rejected().isEmpty()
            ? published
            : published.thenCompose(durable ->
                durable ? quarantine(arrival, elements, judged.rejected(), false) : notKept());
    return kept.thenApply(durable -> {
      if (!durable) {
        return notDurable(arrival, elements.size());
      }
      judged.leftOut().forEach(why -> count(arrival, why.outcome()).increment());
      return judged.good().isEmpty() && judged.leftOut().isEmpty()
          ? new Refused(judged.rejected())
          : new Stored(judged.good().size(), judged.rejected());
    });
  }

  /**
   * As {@link #acceptGood} for events that lie in the quarantine already: what is refused again is
   * only named, not kept a second time.
   */
  public CompletableFuture<Acceptance> acceptAgain(
      Arrival arrival, List<Element> elements, EventFormat format) {
    Judged judged = judge(arrival, elements, format);
    return publish(arrival, judged.good())
        .thenApply(kept -> {
          if (!kept) {
            return notDurable(arrival, elements.size());
          }
          judged.leftOut().forEach(why -> count(arrival, why.outcome()).increment());
          return new Stored(judged.good().size(), judged.rejected());
        });
  }

  /** Keeps a request's events only if all of them are good, as Meta does. */
  public CompletableFuture<Acceptance> acceptAllOrNone(
      Arrival arrival, List<Element> elements, EventFormat format) {
    Judged judged = judge(arrival, elements, format);
    if (judged.rejected().isEmpty()) {
      return publish(arrival, judged.good())
          .thenApply(kept ->
              kept
                  ? new Stored(judged.good().size(), List.of())
                  : notDurable(arrival, elements.size()));
    }
    return quarantine(arrival, elements, judged.rejected(), false)
        .thenApply(
            kept -> kept ? new Refused(judged.rejected()) : notDurable(arrival, elements.size()));
  }

  /** A body that no event can be read from: kept whole, because a client drops what we refuse. */
  public CompletableFuture<Acceptance> refuseBody(Arrival arrival, byte[] body, InvalidEvent why) {
    var rejected = List.of(new Rejection(0, why));
    var whole = List.of(Element.whole(Fields.none().json(), body));
    return quarantine(arrival, whole, rejected, true)
        .thenApply(kept -> kept ? new Refused(rejected) : notDurable(arrival, 1));
  }

  private record Judged(List<WrittenEvent> good, List<Rejection> rejected, List<LeftOut> leftOut) {}

  private Judged judge(Arrival arrival, List<Element> elements, EventFormat format) {
    var judged =
        new Judged(new ArrayList<>(elements.size()), new ArrayList<>(0), new ArrayList<>(0));
    for (int index = 0; index < elements.size(); index++) {
      try {
        switch (understand(elements.get(index), format)) {
          case RawEvent raw -> judged.good().add(WrittenEvent.of(seal(arrival, raw, format)));
          case LeftOut leftOut -> judged.leftOut().add(leftOut);
        }
      } catch (InvalidEvent why) {
        judged.rejected().add(new Rejection(index, why));
      } catch (RuntimeException defect) {
        // ours, not the client's: it is kept for the day it is mended, and the others go on
        log.atError()
            .addKeyValue("door", arrival.door())
            .addKeyValue("source", arrival.source().id())
            .addKeyValue("defect", defect.getClass().getName())
            .addKeyValue("at", defect.getStackTrace().length > 0 ? defect.getStackTrace()[0] : "")
            .log("An event can't be processed and goes to the quarantine");
        judged
            .rejected()
            .add(new Rejection(index, new InvalidEvent("event", "can't be processed")));
      }
    }
    return judged;
  }

  private Understood understand(Element element, EventFormat format) {
    if (element.size() > properties.largestEvent().toBytes()) {
      throw new InvalidEvent("event", "is larger than " + properties.largestEvent());
    }
    Element read = element.once();
    if (!read.json().isObject()) {
      throw new InvalidEvent("event", "must be an object");
    }
    return format.read(read);
  }

  private TrackedEvent seal(Arrival arrival, RawEvent raw, EventFormat format) {
    try {
      return sealing.seal(raw, arrival.source(), arrival.receivedAt());
    } catch (InvalidEvent why) {
      throw format.named(why);
    }
  }

  private CompletableFuture<Boolean> publish(Arrival arrival, List<WrittenEvent> events) {
    if (events.isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    return publisher
        .publish(events)
        .thenApply(durable -> {
          if (durable) {
            count(arrival, "accepted").increment(events.size());
          }
          return durable;
        });
  }

  private CompletableFuture<Boolean> quarantine(
      Arrival arrival, List<Element> elements, List<Rejection> rejections, boolean whole) {
    if (rejections.isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    List<RejectedEvent> rejected = KeptEvents.of(arrival, elements, rejections, whole);
    return quarantine
        .keep(rejected)
        .thenApply(kept -> {
          if (kept) {
            count(arrival, "rejected").increment(rejected.size());
          }
          return kept;
        });
  }

  private static CompletableFuture<Boolean> notKept() {
    return CompletableFuture.completedFuture(false);
  }

  private Acceptance notDurable(Arrival arrival, int events) {
    count(arrival, "not_durable").increment(events);
    return new NotDurable(pause());
  }

  /** What a client is told to wait where its events can't be kept. */
  public Duration pause() {
    return properties.pause();
  }

  private Counter count(Arrival arrival, String outcome) {
    return counters.computeIfAbsent(
        new Outcome(arrival.door(), outcome),
        counted ->
            Counter.builder("rebound_ingest_events_total")
                .description("Events by door and by what became of them")
                .tag("door", counted.door())
                .tag("outcome", counted.outcome())
                .register(metrics));
  }

  private record Outcome(String door, String outcome) {}
}
