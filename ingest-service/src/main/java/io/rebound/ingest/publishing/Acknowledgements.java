package io.rebound.ingest.publishing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends records in their order and waits for all of their acknowledgements. */
final class Acknowledgements {
  private final CountDownLatch open;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  Acknowledgements(
      Producer<String, byte[]> producer, List<ProducerRecord<String, byte[]>> records) {
    open = new CountDownLatch(records.size());
    for (ProducerRecord<String, byte[]> record : records) {
      producer.send(
          record,
          (_, failed) -> {
            if (failed != null) {
              failure.compareAndSet(null, failed);
            }
            open.countDown();
          });
    }
  }

  /** Why Kafka hasn't acknowledged all of them within that time; empty when it has. */
  Optional<String> missing(Duration patience) {
    try {
      boolean answered = open.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      Exception failed = failure.get();
      if (failed != null) {
        return Optional.of(failed.getClass().getSimpleName());
      }
      return answered ? Optional.empty() : Optional.of("no acknowledgement in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
