package io.rebound.identity.profiles;

import io.rebound.events.Sealed;
import io.rebound.identity.sightings.Sighting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The best envelopes that events with one set of identifiers have brought. An event that has none
 * better needn't be compared with what is kept for each of its identifiers, and nearly none has: of
 * a day's events with the same identifiers it is the first.
 *
 * @param day of the newest event, in days since 1970
 * @param matchKeys the size of that day's fullest match keys, 0 without any
 * @param contact the same of contacts
 * @param since both had come by the time of this event, or with it
 */
public record Brought(long day, int matchKeys, int contact, Instant since) {
  /** Of a set of identifiers that nobody has looked at yet. */
  public static final Brought NOTHING = new Brought(Long.MIN_VALUE, 0, 0, Instant.MIN);

  /** What one event brings. */
  public static Brought by(Sighting sighting) {
    return new Brought(
        Envelope.dayOf(sighting.at()),
        size(sighting.event().matchKeys()),
        size(sighting.event().contact()),
        sighting.at());
  }

  /** Whether the event's envelopes are certainly no better: {@link Envelope#ORDER} says so. */
  public boolean covers(Sighting sighting) {
    Brought other = by(sighting);
    return other.day < day
        ? hasAll(other)
        : other.day == day && atLeast(other) && other.since.isAfter(since);
  }

  /** What these and another event have brought together. */
  public Brought and(Brought other) {
    if (other.day != day) {
      return other.day > day ? other : this;
    }
    if (atLeast(other) && other.atLeast(this)) {
      return other.since.isBefore(since) ? other : this;
    }
    if (other.atLeast(this)) {
      return other;
    }
    return atLeast(other)
        ? this
        : new Brought(
            day,
            Math.max(matchKeys, other.matchKeys),
            Math.max(contact, other.contact),
            other.since.isAfter(since) ? other.since : since);
  }

  /** Whether each kind that the other has has come on this day. */
  private boolean hasAll(Brought other) {
    return (matchKeys > 0 || other.matchKeys == 0) && (contact > 0 || other.contact == 0);
  }

  private boolean atLeast(Brought other) {
    return matchKeys >= other.matchKeys && contact >= other.contact;
  }

  private static int size(@Nullable Sealed sealed) {
    return sealed == null ? 0 : Envelope.sizeOf(sealed);
  }
}
