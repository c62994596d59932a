package io.rebound.whatsapp.stops;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.EventKey;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonEvent;
import io.rebound.events.Purpose;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Reads what identity made of a stop. A no is kept with the person; where it is a yes all the same,
 * because the person stated one later than this stop, the number is free again.
 */
@Component
public class FollowAnswers implements BatchHandler<PersonEvent> {
  private final Stops stops;

  FollowAnswers(Stops stops) {
    this.stops = stops;
  }

  @Override
  public Outgoing handle(Batch<PersonEvent> batch) {
    Set<EventKey> outweighed =
        batch.values().stream()
            .filter(IdentifiedEvent.class::isInstance)
            .map(IdentifiedEvent.class::cast)
            .filter(one -> one.consents().messaging())
            .filter(
                one -> Boolean.FALSE.equals(one.event().consent().stated().get(Purpose.MESSAGING)))
            .map(IdentifiedEvent::key)
            .collect(Collectors.toSet());
    if (!outweighed.isEmpty()) {
      stops.outweighed(outweighed);
    }
    return new Outgoing();
  }
}
