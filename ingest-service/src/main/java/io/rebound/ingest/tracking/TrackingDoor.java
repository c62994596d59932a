package io.rebound.ingest.tracking;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.rebound.ingest.doors.Door;
import io.rebound.ingest.doors.DoorAnswer;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.doors.DoorsProperties;
import io.rebound.ingest.doors.Entrance;
import io.rebound.ingest.intake.Acceptance;
import io.rebound.ingest.intake.Acceptance.NotDurable;
import io.rebound.ingest.intake.Acceptance.Refused;
import io.rebound.ingest.intake.Acceptance.Stored;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.EventIntake;
import io.rebound.ingest.intake.EventsBody;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.sources.Source;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The Segment-compatible doors: one message at the paths named after its type, many at {@code
 * /v1/batch}, {@code /v1/import} and RudderStack's {@code /beacon/v1/batch}. A 200 means that Kafka
 * holds the accepted events on disk and the quarantine the rejected ones.
 */
@Component
class TrackingDoor implements Door {
  private static final String IMPORT = "v1/import";
  private static final Set<String> BATCHES = Set.of("v1/batch", "v1/b", "beacon/v1/batch", IMPORT);
  private static final int MOST_MESSAGES = 5000; // twice what Segment takes
  private static final DataSize LARGEST_MESSAGE = DataSize.ofKilobytes(64);

  private final Entrance entrance;
  private final EventIntake intake;
  private final SegmentConsent consent;
  private final DoorsProperties properties;
  private final TrackingMeters meters;

  TrackingDoor(
      Entrance entrance,
      EventIntake intake,
      SegmentConsent consent,
      DoorsProperties properties,
      TrackingMeters meters) {
    this.entrance = entrance;
    this.intake = intake;
    this.consent = consent;
    this.properties = properties;
    this.meters = meters;
  }

  @Override
  public Set<String> paths() {
    var paths = new TreeSet<>(BATCHES);
    for (MessageType type : MessageType.values()) {
      paths.add(type.path());
      paths.add(type.shortPath());
    }
    return paths;
  }

  @Override
  public DataSize largestBody(String path) {
    return BATCHES.contains(path) ? properties.largestBody() : LARGEST_MESSAGE;
  }

  @Override
  public CompletableFuture<DoorAnswer> answer(DoorRequest request) {
    var key = new WriteKey(request);
    EventsBody body;
    try {
      body =
          BATCHES.contains(request.path())
              ? EventsBody.list(request.body(), "batch")
              : EventsBody.lone(request.body());
      if (body.events().size() > MOST_MESSAGES) {
        throw new InvalidEvent("batch", "must hold at most " + MOST_MESSAGES + " messages");
      }
    } catch (InvalidEvent unreadable) {
      return refuseBody(request, key, unreadable);
    }
    meters.count(request, key, body.envelope());
    return entrance.enter(
        request,
        key.in(body.envelope()),
        body.events().size(),
        this::refuse,
        source -> accept(request, arrival(request, source), body));
  }

  private CompletableFuture<DoorAnswer> accept(
      DoorRequest request, Arrival asked, EventsBody body) {
    // a lone event is its own envelope
    Arrival arrival = BATCHES.contains(request.path()) ? asked.with(body.envelope()) : asked;
    var format =
        new SegmentFormat(
            arrival,
            request,
            MessageType.ofPath(request.path()).orElse(null),
            body.envelope(),
            request.path().equals(IMPORT),
            consent);
    return intake
        .acceptGood(arrival, body.events(), format)
        .thenApply(acceptance -> FirstPartyCookies.add(answer(acceptance), body.events(), format));
  }

  /** A source that is known from the headers has its unreadable body kept. */
  private CompletableFuture<DoorAnswer> refuseBody(
      DoorRequest request, WriteKey key, InvalidEvent unreadable) {
    Optional<String> given = key.inHeaders();
    if (given.isEmpty()) {
      return completedFuture(
          SegmentAnswers.refused(java.util.List.of(new Acceptance.Rejection(0, unreadable))));
    }
    return entrance.enter(
        request,
        given,
        1,
        this::refuse,
        source ->
            intake
                .refuseBody(arrival(request, source), request.body(), unreadable)
                .thenApply(TrackingDoor::answer));
  }

  @Override
  public DoorAnswer refuse(Refusal refusal) {
    return SegmentAnswers.refused(refusal, intake.pause());
  }

  private static DoorAnswer answer(Acceptance acceptance) {
    return switch (acceptance) {
      case Stored(var accepted, var rejected) -> SegmentAnswers.stored(accepted, rejected);
      case Refused(var rejected) -> SegmentAnswers.refused(rejected);
      case NotDurable(var pause) -> SegmentAnswers.notDurable(pause);
    };
  }

  /** The door is named after its long path, for instance {@code track}. */
  private static Arrival arrival(DoorRequest request, Source source) {
    String path =
        MessageType.ofPath(request.path())
            .map(MessageType::path)
            .orElse(request.path().equals(IMPORT) ? IMPORT : "v1/batch");
    return new Arrival(
        source, path.substring("v1/".length()), request.receivedAt(), request, Fields.none());
  }
}
