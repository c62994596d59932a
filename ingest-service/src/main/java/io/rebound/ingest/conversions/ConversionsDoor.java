package io.rebound.ingest.conversions;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.rebound.ingest.conversions.DoorPath.Manner;
import io.rebound.ingest.doors.Door;
import io.rebound.ingest.doors.DoorAnswer;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.doors.DoorsProperties;
import io.rebound.ingest.doors.Entrance;
import io.rebound.ingest.intake.Acceptance;
import io.rebound.ingest.intake.Acceptance.NotDurable;
import io.rebound.ingest.intake.Acceptance.Refused;
import io.rebound.ingest.intake.Acceptance.Rejection;
import io.rebound.ingest.intake.Acceptance.Stored;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.EventIntake;
import io.rebound.ingest.intake.EventsBody;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.intake.Text;
import io.rebound.ingest.sources.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Server events as the Conversions API takes them, at {@code POST /v1/events}, at Graph's own path
 * with version and dataset, and at the path of Meta's Conversions API Gateway, so that Meta's SDKs
 * need nothing but another address and a write key for their token. One invalid event refuses the
 * whole request, as at Meta; what is at fault is kept in the quarantine.
 */
@Component
class ConversionsDoor implements Door {
  private static final String BEARER = "Bearer ";

  private final Entrance entrance;
  private final EventIntake intake;
  private final DoorsProperties properties;

  ConversionsDoor(Entrance entrance, EventIntake intake, DoorsProperties properties) {
    this.entrance = entrance;
    this.intake = intake;
    this.properties = properties;
  }

  @Override
  public Set<String> paths() {
    return Set.of(DoorPath.OURS, DoorPath.METAS);
  }

  @Override
  public DataSize largestBody(String path) {
    return properties.largestBody();
  }

  @Override
  public CompletableFuture<DoorAnswer> answer(DoorRequest request) {
    return DoorPath.of(request.path())
        .map(path -> answer(request, path))
        .orElseGet(() -> completedFuture(GraphAnswers.unknownPath(request.path())));
  }

  private CompletableFuture<DoorAnswer> answer(DoorRequest request, DoorPath path) {
    String outside = path.manner() == Manner.GRAPH ? keyOutside(request) : null;
    EventsBody body;
    try {
      body = ConversionsBody.read(request);
    } catch (InvalidEvent unreadable) {
      return refuseBody(request, path, outside, unreadable);
    }
    String key = outside == null ? body.envelope().text(path.manner().keyName()) : outside;
    return entrance.enter(
        request,
        Optional.ofNullable(key),
        body.events().size(),
        refusal -> refuse(path, refusal),
        source -> accept(request, path, source, body));
  }

  private CompletableFuture<DoorAnswer> accept(
      DoorRequest request, DoorPath path, Source source, EventsBody body) {
    String dataset = path.dataset();
    if (dataset != null && isAnothers(source, dataset)) {
      return completedFuture(GraphAnswers.unknownDataset(dataset));
    }
    Arrival arrival = arrival(request, path, source).with(body.envelope());
    List<String> notPassedOn = NotPassedOn.of(body, source);
    return intake
        .acceptAllOrNone(arrival, body.events(), new ConversionsFormat(arrival, body.envelope()))
        .thenApply(acceptance -> answer(path, acceptance, notPassedOn));
  }

  private CompletableFuture<DoorAnswer> refuseBody(
      DoorRequest request, DoorPath path, @Nullable String key, InvalidEvent unreadable) {
    if (key == null) {
      return completedFuture(GraphAnswers.refused(List.of(new Rejection(0, unreadable))));
    }
    return entrance.enter(
        request,
        Optional.of(key),
        1,
        refusal -> refuse(path, refusal),
        source ->
            intake
                .refuseBody(arrival(request, path, source), request.body(), unreadable)
                .thenApply(acceptance -> answer(path, acceptance, List.of())));
  }

  private DoorAnswer refuse(DoorPath path, Refusal refusal) {
    return GraphAnswers.refused(refusal, path.manner().keyName(), intake.pause());
  }

  private static boolean isAnothers(Source source, String dataset) {
    return !source.datasets().isEmpty() && !source.datasets().contains(dataset);
  }

  private static Arrival arrival(DoorRequest request, DoorPath path, Source source) {
    return new Arrival(source, path.manner().door(), request.receivedAt(), request, Fields.none());
  }

  private static @Nullable String keyOutside(DoorRequest request) {
    String header = request.header(HttpHeaderNames.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Text.of(header.substring(BEARER.length()));
    }
    return Text.of(request.query("access_token"));
  }

  @Override
  public DoorAnswer refuse(Refusal refusal) {
    return GraphAnswers.refused(refusal, intake.pause());
  }

  private static DoorAnswer answer(DoorPath path, Acceptance acceptance, List<String> messages) {
    return switch (acceptance) {
      case Stored(var accepted, _) ->
          GraphAnswers.received(path.manner().received(), accepted, messages);
      case Refused(var rejected) -> GraphAnswers.refused(rejected);
      case NotDurable(var pause) -> GraphAnswers.notDurable(pause);
    };
  }
}
