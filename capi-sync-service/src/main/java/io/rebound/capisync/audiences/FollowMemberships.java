package io.rebound.capisync.audiences;

import io.rebound.capisync.audiences.Members.News;
import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.SegmentMembership;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Keeps who belongs into which audience. */
@Component
public class FollowMemberships implements BatchHandler<SegmentMembership> {
  private final Members members;

  FollowMemberships(Members members) {
    this.members = members;
  }

  @Override
  public Outgoing handle(Batch<SegmentMembership> batch) {
    Map<String, News> latest = new LinkedHashMap<>();
    for (SegmentMembership membership : batch.values()) {
      latest.merge(
          membership.personId() + "/" + membership.segment(),
          new News(membership, Members.belongs(membership)),
          FollowMemberships::later);
    }
    members.follow(latest.values());
    return new Outgoing();
  }

  // a join counts even if the same batch has the leave: Meta may have been told before a restore
  private static News later(News one, News other) {
    News latest = other.latest().revision() > one.latest().revision() ? other : one;
    return new News(latest.latest(), one.joined() || other.joined());
  }
}
