package io.rebound.identity.privacy;

import io.rebound.consumption.ClockHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.Topics;
import io.rebound.privacy.Erased;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sees open requests through: gives identity's own receipt of an erasure, reminds services that
 * haven't answered, and warns before the deadline.
 */
@Component
public class FollowPrivacyRequests implements ClockHandler {
  private static final Logger log = LoggerFactory.getLogger(FollowPrivacyRequests.class);
  private static final int AT_ONCE = 100;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private final OpenRequests open;
  private final PrivacyRequests requests;
  private final Receipts receipts;
  private final OwnAgesOut agesOut;
  private final PrivacyRequestProperties properties;

  FollowPrivacyRequests(
      OpenRequests open,
      PrivacyRequests requests,
      Receipts receipts,
      OwnAgesOut agesOut,
      PrivacyRequestProperties properties) {
    this.open = open;
    this.requests = requests;
    this.receipts = receipts;
    this.agesOut = agesOut;
    this.properties = properties;
  }

  @Override
  public Tick tick(Instant now, Set<Integer> partitions) {
    List<OpenRequest> due = open.due(partitions, now, AT_ONCE);
    var outgoing = new Outgoing();
    for (OpenRequest request : due) {
      if (request.counts() != null && request.sent()) {
        giveReceipt(request, request.counts(), now, outgoing);
      }
      if (!request.nextOrderAt().isAfter(now)) {
        outgoing.send(Topics.PRIVACY_REQUESTS, request.requestId().toString(), request.order());
        open.orderedAgain(request.requestId(), now, pauseAfter(request.orders()));
      }
      if (!request.warned() && !now.isBefore(request.dueAt().minus(properties.warnBefore()))) {
        log.atWarn()
            .addKeyValue("request_id", request.requestId())
            .addKeyValue("due_at", request.dueAt())
            .log("A privacy request is still open and its deadline near; see its receipts");
        open.warned(request.requestId(), now);
      }
    }
    requests.completeAnswered(partitions, now);
    return new Tick(outgoing, due.size() == AT_ONCE);
  }

  /** Kafka has all that was sent before the erasure: this tombstone is the last word. */
  private void giveReceipt(
      OpenRequest request, Map<String, Long> counts, Instant now, Outgoing outgoing) {
    request.order().persons().forEach(person -> outgoing.forget(Topics.PROFILES, person));
    PrivacyReceipt receipt =
        new Erased(counts, agesOut.from(now))
            .receipt(request.requestId(), PrivacyRequests.IDENTITY, now);
    receipts.keep(List.of(receipt));
    open.receiptGiven(request.requestId());
  }

  private Duration pauseAfter(int orders) {
    Duration pause = properties.repeatAfter();
    for (int i = 0; i < orders && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
