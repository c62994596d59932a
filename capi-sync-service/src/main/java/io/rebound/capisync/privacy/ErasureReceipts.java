package io.rebound.capisync.privacy;

import io.rebound.capisync.audiences.Leavers;
import io.rebound.consumption.Publisher;
import io.rebound.events.Topics;
import io.rebound.privacy.AgesOut;
import io.rebound.privacy.Erased;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends the receipt of an erasure as soon as Meta has confirmed every removal. Killed between
 * sending and noting so, it sends it again: for identity that is the same.
 */
@Component
class ErasureReceipts {
  private static final Logger log = LoggerFactory.getLogger(ErasureReceipts.class);

  private final PersonRows rows;
  private final Leavers leavers;
  private final Publisher publisher;
  private final AgesOut agesOut;
  private final Clock clock;

  ErasureReceipts(
      PersonRows rows, Leavers leavers, Publisher publisher, AgesOut agesOut, Clock clock) {
    this.rows = rows;
    this.leavers = leavers;
    this.publisher = publisher;
    this.agesOut = agesOut;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "PT0.25S")
  void sendDue() {
    try {
      rows.awaited()
          .forEach((request, others) -> {
            if (leavers.haveLeft(others)) {
              rows.counts(request).ifPresent(counts -> send(request, counts));
            }
          });
    } catch (DataAccessException e) {
      log.debug("Erasures can't be looked at", e);
    }
  }

  private void send(UUID request, Map<String, Long> counts) {
    var receipt =
        new Erased(counts, agesOut.fromNow()).receipt(request, "capi-sync", clock.instant());
    boolean sent =
        publisher
            .publish(Topics.PRIVACY_RECEIPTS, request.toString(), receipt)
            .handle((_, failure) -> failure == null)
            .join();
    if (sent) {
      leavers.forget(request);
      rows.answered(request);
    } else {
      log.atWarn()
          .addKeyValue("request", request)
          .log("The receipt of an erasure can't be sent right now; it is tried again");
    }
  }
}
