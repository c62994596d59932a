package io.rebound.ingest.intake;

import io.rebound.ingest.intake.Acceptance.Rejection;
import io.rebound.ingest.quarantine.RejectedEvent;
import java.util.List;

/** What goes to the quarantine of a request: its events at fault, with what explains them. */
public final class KeptEvents {
  private KeptEvents() {}

  /**
   * @param whole the only element is a body that no event can be read from
   */
  public static List<RejectedEvent> of(
      Arrival arrival, List<Element> elements, List<Rejection> rejections, boolean whole) {
    byte[] request = KeptRequest.of(arrival);
    return rejections.stream()
        .map(rejection ->
            new RejectedEvent(
                arrival.source().id(),
                arrival.door(),
                arrival.receivedAt(),
                rejection.why().field(),
                rejection.why().reason(),
                elements.get(rejection.index()).bytes(),
                whole,
                request))
        .toList();
  }
}
