package io.rebound.consumption;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what one consumer thread's transactions wrote, and knows what Kafka has acknowledged. Sends
 * all messages of a row at once and never waits: acknowledgements come in the background. A row
 * that failed is sent again whole; receivers don't mind repeats.
 *
 * <p>Used by its consumer thread only, but for the acknowledgements.
 */
final class OutboxRelay {
  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  /** More rows than this unacknowledged: the thread takes no new records. */
  private static final int MAX_WAITING = 8;

  private final String service;
  private final Producer<String, byte[]> producer;
  private final Map<Long, Sending> waiting = new LinkedHashMap<>();

  OutboxRelay(String service, Producer<String, byte[]> producer) {
    this.service = service;
    this.producer = producer;
  }

  private static final class Sending {
    final Outbox.Row row;
    final AtomicInteger open = new AtomicInteger();
    final AtomicBoolean failed = new AtomicBoolean();

    Sending(Outbox.Row row) {
      this.row = row;
    }
  }

  void send(Outbox.Row row) {
    var sending = new Sending(row);
    waiting.put(row.id(), sending);
    send(sending);
  }

  /** Sends rows again whose sending failed and has ended. */
  void sendFailedAgain() {
    for (Sending sending : waiting.values()) {
      if (sending.open.get() == 0 && sending.failed.compareAndSet(true, false)) {
        log.atWarn()
            .addKeyValue("row", sending.row.id())
            .log("Kafka didn't take a transaction's messages; sending them again");
        send(sending);
      }
    }
  }

  private void send(Sending sending) {
    List<ProducerRecord<String, byte[]>> records =
        PackedMessages.unpack(service, sending.row.messages());
    sending.open.set(records.size());
    int handed = 0;
    try {
      for (ProducerRecord<String, byte[]> message : records) {
        producer.send(
            message,
            (metadata, failure) -> {
              if (failure != null) {
                sending.failed.set(true);
              }
              sending.open.decrementAndGet();
            });
        handed++;
      }
    } catch (RuntimeException e) { // each further one would block as long, and no poll be made
      sending.failed.set(true);
      sending.open.addAndGet(handed - records.size()); // no acknowledgement comes for these
    }
  }

  boolean backedUp() {
    return waiting.size() > MAX_WAITING;
  }

  boolean idle() {
    return waiting.isEmpty();
  }

  int waitingRows() {
    return waiting.size();
  }

  /** Rows that Kafka has and the outbox still holds. */
  List<Long> acknowledged() {
    var done = new ArrayList<Long>();
    for (Map.Entry<Long, Sending> entry : waiting.entrySet()) {
      if (entry.getValue().open.get() == 0 && !entry.getValue().failed.get()) {
        done.add(entry.getKey());
      }
    }
    return done;
  }

  /** The outbox no longer holds these. */
  void cleared(List<Long> ids) {
    ids.forEach(waiting::remove);
  }

  /** Leaves unfinished rows to the partition's next owner. */
  void forgetAll() {
    waiting.clear();
  }
}
