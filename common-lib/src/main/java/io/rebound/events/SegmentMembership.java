package io.rebound.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A state: whether a person belongs to a segment. The highest revision of a person and segment
 * holds. Where the persons of two memberships turn out to be one, receivers wait for the survivor's
 * own memberships: segmentation takes the absorbed person out of every segment and judges the
 * survivor anew.
 *
 * @param audience whether the segment is to be kept as a Custom Audience
 */
public record SegmentMembership(
    UUID personId, String segment, boolean audience, boolean member, long revision, Instant at)
    implements Message {
  @Override
  public String ceType() {
    return "io.rebound.segment-membership.v1";
  }

  @Override
  public String ceId() {
    return personId + "/" + segment + "/" + revision;
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
