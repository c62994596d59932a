package io.rebound.ingest.tracking;

import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.DoorFormat;
import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.EventFormat;
import io.rebound.ingest.intake.EventsBody;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.Understood;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Segment messages, also from elsewhere than the doors. */
@Component
class SegmentDoorFormat implements DoorFormat {
  private static final String FILE = "segment-events";
  private static final Set<String> HISTORY = Set.of("import", FILE);

  private final SegmentConsent consent;

  SegmentDoorFormat(SegmentConsent consent) {
    this.consent = consent;
  }

  @Override
  public Set<String> doors() {
    return Stream.concat(
            Arrays.stream(MessageType.values()).map(MessageType::wireName),
            Stream.of("batch", "import", PixelDoor.NAME, FILE))
        .collect(Collectors.toSet());
  }

  @Override
  public EventFormat of(Arrival arrival, SpareId spareId) {
    DoorRequest request = Objects.requireNonNull(arrival.request());
    var format =
        new SegmentFormat(
            arrival,
            request,
            type(arrival, request),
            arrival.envelope(),
            HISTORY.contains(arrival.door()),
            consent);
    return new WithIds(format, spareId);
  }

  private static @Nullable MessageType type(Arrival arrival, DoorRequest request) {
    return arrival.door().equals(PixelDoor.NAME)
        ? PixelDoor.type(request)
        : MessageType.ofWireName(arrival.door()).orElse(null);
  }

  /** The format of the doors, but for messages without an id: theirs isn't random. */
  private record WithIds(SegmentFormat format, SpareId spareId) implements EventFormat {
    @Override
    public Understood read(Element element) {
      if (!(element.json() instanceof ObjectNode message)
          || new Fields(message).requiredId("messageId") != null) {
        return format.read(element);
      }
      ObjectNode named = message.deepCopy().put("messageId", spareId.of(element));
      return format.read(element.with(named));
    }
  }

  @Override
  public EventsBody read(Arrival arrival, byte[] body) {
    return MessageType.ofWireName(arrival.door()).isPresent()
        ? new EventsBody(EventsBody.lone(body).events(), Fields.none())
        : EventsBody.list(body, "batch");
  }
}
