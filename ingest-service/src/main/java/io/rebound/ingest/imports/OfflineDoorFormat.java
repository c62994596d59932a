package io.rebound.ingest.imports;

import io.rebound.ingest.conversions.ConversionsDoorFormat;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.DoorFormat;
import io.rebound.ingest.intake.EventFormat;
import io.rebound.ingest.intake.EventsBody;
import io.rebound.ingest.intake.InvalidEvent;
import java.time.ZoneId;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Rows of offline events, from a file or out of the quarantine. */
@Component
class OfflineDoorFormat implements DoorFormat {
  private final ConversionsDoorFormat conversions;

  OfflineDoorFormat(ConversionsDoorFormat conversions) {
    this.conversions = conversions;
  }

  @Override
  public Set<String> doors() {
    return Set.of(ImportKind.OFFLINE_EVENTS.wireName());
  }

  @Override
  public EventFormat of(Arrival arrival, SpareId spareId) {
    String zone = arrival.envelope().text("time_zone");
    return new OfflineFormat(
        new RowTime(ZoneId.of(zone == null ? "Z" : zone)), conversions.of(arrival, spareId));
  }

  @Override
  public EventsBody read(Arrival arrival, byte[] body) {
    throw new InvalidEvent("body", "of an import is never kept whole");
  }
}
