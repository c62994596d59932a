package io.rebound.ingest.conversions;

import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.DoorFormat;
import io.rebound.ingest.intake.EventFormat;
import io.rebound.ingest.intake.EventsBody;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Server events of the Conversions API, also from elsewhere than the door. */
@Component
public class ConversionsDoorFormat implements DoorFormat {

  @Override
  public Set<String> doors() {
    return Set.of("events", "capi", "meta-events");
  }

  /** An event without an id is told from others by what it says, so the spare one isn't needed. */
  @Override
  public EventFormat of(Arrival arrival, SpareId spareId) {
    return new ConversionsFormat(arrival, arrival.envelope());
  }

  @Override
  public EventsBody read(Arrival arrival, byte[] body) {
    return ConversionsBody.read(Objects.requireNonNull(arrival.request()).with(body));
  }
}
