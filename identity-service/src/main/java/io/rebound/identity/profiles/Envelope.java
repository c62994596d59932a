package io.rebound.identity.profiles;

import io.rebound.events.EventKey;
import io.rebound.events.Sealed;
import io.rebound.events.SealedWithEvent;
import io.rebound.identity.sightings.Sighting;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * A sealed envelope that came with an identifier. Every event brings one; the one kept is of the
 * newest day, of that the fullest, and of equally full ones the first. So an identifier's row
 * changes about once a day, however much its person does, and in whatever order it arrives.
 */
record Envelope(UUID identifier, Kind kind, Instant at, EventKey event, Sealed sealed) {
  private static final long SECONDS_OF_DAY = 86_400;

  enum Kind {
    MATCH_KEYS,
    CONTACT;

    String column() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Later in this order is kept. The same in SQL: see {@link EnvelopeTable}. */
  static final Comparator<Envelope> ORDER =
      Comparator.comparingLong(Envelope::day)
          .thenComparingInt(Envelope::size)
          .thenComparing(
              Comparator.comparing(Envelope::at)
                  .thenComparing(envelope -> envelope.event().source())
                  .thenComparing(envelope -> envelope.event().eventId())
                  .reversed());

  static Envelope of(UUID identifier, Kind kind, Sighting sighting, Sealed sealed) {
    return new Envelope(identifier, kind, sighting.at(), sighting.key(), sealed);
  }

  long day() {
    return dayOf(at);
  }

  static long dayOf(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), SECONDS_OF_DAY);
  }

  int size() {
    return sizeOf(sealed);
  }

  static int sizeOf(Sealed sealed) {
    return sealed.box().length();
  }

  SealedWithEvent withEvent() {
    return new SealedWithEvent(event.source(), event.eventId(), at, sealed);
  }
}
