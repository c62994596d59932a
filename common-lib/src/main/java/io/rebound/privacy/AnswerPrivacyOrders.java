package io.rebound.privacy;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.PrivacyMessage;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.PrivacyRequested;
import io.rebound.events.Topics;
import io.rebound.sealing.Sealer;
import java.time.Clock;

/** Carries out what persons ask for, with what one service holds, and sends the receipts. */
public final class AnswerPrivacyOrders implements BatchHandler<PrivacyMessage> {
  private final String service;
  private final PersonalData data;
  private final Sealer identity;
  private final Clock clock;

  /**
   * @param service the module's short name
   * @param identity seals exports to identity
   */
  public AnswerPrivacyOrders(String service, PersonalData data, Sealer identity, Clock clock) {
    this.service = service;
    this.data = data;
    this.identity = identity;
    this.clock = clock;
  }

  @Override
  public Outgoing handle(Batch<PrivacyMessage> batch) {
    var outgoing = new Outgoing();
    for (PrivacyMessage message : batch.values()) {
      switch (message) {
        case PrivacyOrder order -> answer(order, outgoing);
        case PrivacyRequested _ -> {} // identity's
      }
    }
    return outgoing;
  }

  private void answer(PrivacyOrder order, Outgoing outgoing) {
    switch (order.type()) {
      case ERASURE ->
          data.erase(order)
              .ifPresent(erased ->
                  send(erased.receipt(order.requestId(), service, clock.instant()), outgoing));
      case ACCESS ->
          SealedExport.receipts(
                  identity, service, order.requestId(), data.export(order), clock.instant())
              .forEach(receipt -> send(receipt, outgoing));
    }
  }

  private static void send(PrivacyReceipt receipt, Outgoing outgoing) {
    outgoing.send(Topics.PRIVACY_RECEIPTS, receipt.requestId().toString(), receipt);
  }
}
