package io.rebound.ingest.conversions;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.rebound.ingest.doors.Door;
import io.rebound.ingest.doors.DoorAnswer;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.doors.DoorsProperties;
import io.rebound.ingest.intake.Acceptance;
import io.rebound.ingest.intake.Acceptance.NotDurable;
import io.rebound.ingest.intake.Acceptance.Refused;
import io.rebound.ingest.intake.Acceptance.Rejection;
import io.rebound.ingest.intake.Acceptance.Stored;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.EventIntake;
import io.rebound.ingest.intake.EventsBody;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.intake.Text;
import io.rebound.ingest.sources.Source;
import io.rebound.ingest.sources.Sources;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * {@code POST /v1/events}: a body as the Conversions API takes it, with a write key as {@code
 * access_token}. One invalid event refuses the whole request, as at Meta; what is at fault is kept
 * in the quarantine.
 */
@Component
class ConversionsDoor implements Door {
  private static final String PATH = "v1/events";
  private static final int MOST_EVENTS = 1000; // Meta's limit
  private static final String BEARER = "Bearer ";

  private final Sources sources;
  private final EventIntake intake;
  private final DoorsProperties properties;

  ConversionsDoor(Sources sources, EventIntake intake, DoorsProperties properties) {
    this.sources = sources;
    this.intake = intake;
    this.properties = properties;
  }

  @Override
  public Set<String> paths() {
    return Set.of(PATH);
  }

  @Override
  public DataSize largestBody(String path) {
    return properties.largestBody();
  }

  @Override
  public CompletableFuture<DoorAnswer> answer(DoorRequest request) {
    String outside = keyOutside(request);
    EventsBody body;
    try {
      body = EventsBody.list(request.body(), "data");
      if (body.events().size() > MOST_EVENTS) {
        throw new InvalidEvent("data", "must hold at most 1000 events");
      }
    } catch (InvalidEvent unreadable) {
      return refuseBody(request, outside, unreadable);
    }
    String key = outside == null ? body.envelope().text("access_token") : outside;
    Optional<Source> source = Optional.ofNullable(key).flatMap(sources::of);
    if (source.isEmpty()) {
      return completedFuture(key == null ? GraphAnswers.noToken() : GraphAnswers.unknownToken());
    }
    Arrival arrival = arrival(request, source.get());
    return intake
        .acceptAllOrNone(arrival, body.events(), new ConversionsFormat(arrival))
        .thenApply(ConversionsDoor::answer);
  }

  private CompletableFuture<DoorAnswer> refuseBody(
      DoorRequest request, @Nullable String key, InvalidEvent unreadable) {
    Optional<Source> source = Optional.ofNullable(key).flatMap(sources::of);
    if (source.isEmpty()) {
      return completedFuture(
          key == null
              ? GraphAnswers.refused(List.of(new Rejection(0, unreadable)))
              : GraphAnswers.unknownToken());
    }
    return intake
        .refuseBody(arrival(request, source.get()), request.body(), unreadable)
        .thenApply(ConversionsDoor::answer);
  }

  private static Arrival arrival(DoorRequest request, Source source) {
    return new Arrival(source, "events", request.receivedAt());
  }

  private static @Nullable String keyOutside(DoorRequest request) {
    String header = request.header("Authorization");
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Text.of(header.substring(BEARER.length()));
    }
    return Text.of(request.query("access_token"));
  }

  @Override
  public DoorAnswer refuse(Refusal refusal) {
    return GraphAnswers.refused(refusal, intake.pause());
  }

  private static DoorAnswer answer(Acceptance acceptance) {
    return switch (acceptance) {
      case Stored(var accepted, _) -> GraphAnswers.received(accepted);
      case Refused(var rejected) -> GraphAnswers.refused(rejected);
      case NotDurable(var pause) -> GraphAnswers.notDurable(pause);
    };
  }
}
