package io.rebound.identity.privacy;

import static java.util.stream.Collectors.toSet;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.consumption.Partitions;
import io.rebound.events.PrivacyReceipt;
import org.springframework.stereotype.Component;

/** Keeps what the services answered, and ends the requests that all have answered. */
@Component
public class CollectReceipts implements BatchHandler<PrivacyReceipt> {
  private final Receipts receipts;
  private final PrivacyRequests requests;
  private final Partitions partitions;

  CollectReceipts(Receipts receipts, PrivacyRequests requests, Partitions partitions) {
    this.receipts = receipts;
    this.requests = requests;
    this.partitions = partitions;
  }

  @Override
  public Outgoing handle(Batch<PrivacyReceipt> batch) {
    receipts.keep(batch.values());
    requests.completeAnswered(
        batch.values().stream().map(receipt -> partitions.of(receipt.requestId())).collect(toSet()),
        batch.time());
    return new Outgoing();
  }
}
