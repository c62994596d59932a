package io.rebound.segmentation.segments;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What was last published of a person and a segment.
 *
 * @param since when it came to be as it is
 */
record Membership(
    UUID personId, String segment, boolean audience, boolean member, long revision, Instant since) {

  /** Nothing was published yet. */
  static Membership none(UUID person, Segment segment) {
    return new Membership(person, segment.name(), segment.audience(), false, 0, Instant.EPOCH);
  }

  /** The same from now on; its revision grows, also where the clock goes back. */
  Membership now(boolean is, boolean forAudience, Instant at) {
    long micros = TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1000;
    return new Membership(
        personId,
        segment,
        forAudience,
        is,
        Math.max(revision + 1, micros),
        revision > 0 && member == is ? since : at);
  }
}
