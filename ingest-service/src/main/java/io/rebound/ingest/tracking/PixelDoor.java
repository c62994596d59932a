package io.rebound.ingest.tracking;

import io.rebound.ingest.doors.Door;
import io.rebound.ingest.doors.DoorAnswer;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.doors.Entrance;
import io.rebound.ingest.intake.Acceptance;
import io.rebound.ingest.intake.Acceptance.NotDurable;
import io.rebound.ingest.intake.Acceptance.Refused;
import io.rebound.ingest.intake.Acceptance.Stored;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.EventIntake;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.Text;
import io.rebound.ingest.sources.Source;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * RudderStack's pixel, for mails and pages without scripts: a message in the query of an address.
 * The answer is always a picture, so that nobody sees a broken one; its status tells what became of
 * the event.
 */
@Component
class PixelDoor implements Door {
  /** As its events carry it. */
  static final String NAME = "pixel";

  private static final String TRACK = "pixel/v1/track";
  private static final String PAGE = "pixel/v1/page";
  private static final byte[] PICTURE =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Entrance entrance;
  private final EventIntake intake;
  private final SegmentConsent consent;

  PixelDoor(Entrance entrance, EventIntake intake, SegmentConsent consent) {
    this.entrance = entrance;
    this.intake = intake;
    this.consent = consent;
  }

  @Override
  public Set<String> paths() {
    return Set.of(TRACK, PAGE);
  }

  @Override
  public List<String> methods() {
    return List.of("GET");
  }

  @Override
  public DataSize largestBody(String path) {
    return DataSize.ofKilobytes(1);
  }

  @Override
  public CompletableFuture<DoorAnswer> answer(DoorRequest request) {
    return entrance.enter(
        request,
        Optional.ofNullable(Text.of(request.query("writeKey"))),
        1,
        this::refuse,
        source -> accept(request, source));
  }

  private CompletableFuture<DoorAnswer> accept(DoorRequest request, Source source) {
    ObjectNode message = QueryMessage.of(request.parameters());
    var arrival = new Arrival(source, NAME, request.receivedAt(), request, Fields.none());
    var format =
        new SegmentFormat(arrival, request, type(request), new Fields(message), false, consent);
    var element = Element.whole(message, JSON.writeValueAsBytes(message));
    return intake.acceptGood(arrival, List.of(element), format).thenApply(PixelDoor::answer);
  }

  static MessageType type(DoorRequest request) {
    return request.path().equals(TRACK) ? MessageType.TRACK : MessageType.PAGE;
  }

  @Override
  public DoorAnswer refuse(Refusal refusal) {
    DoorAnswer answer = picture(refusal.status());
    return refusal.passes() ? answer.after(intake.pause()) : answer;
  }

  private static DoorAnswer answer(Acceptance acceptance) {
    return switch (acceptance) {
      case Stored _ -> picture(200);
      case Refused _ -> picture(400);
      case NotDurable(Duration pause) -> picture(503).after(pause);
    };
  }

  private static DoorAnswer picture(int status) {
    return new DoorAnswer(status, "image/gif", PICTURE, null).with("Cache-Control", "no-store");
  }
}
