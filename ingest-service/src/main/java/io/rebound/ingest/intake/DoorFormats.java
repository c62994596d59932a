package io.rebound.ingest.intake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The formats of all doors, by the name their events carry. */
@Component
public class DoorFormats {
  private final Map<String, DoorFormat> byDoor = new HashMap<>();

  DoorFormats(List<DoorFormat> formats) {
    for (DoorFormat format : formats) {
      format.doors().forEach(door -> byDoor.put(door, format));
    }
  }

  /** Empty for a door that is no longer there. */
  public Optional<DoorFormat> of(String door) {
    return Optional.ofNullable(byDoor.get(door));
  }
}
