package io.rebound.ingest.publishing;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/**
 * The door's two producers. To compress a lone event takes more than it saves, in buffers above
 * all; of several together the batch door takes more that way (measured: a tenth to a fifth).
 */
record Producers(Producer<String, byte[]> ofOne, Producer<String, byte[]> ofSeveral) {

  /** The one for a request of so many events. */
  Producer<String, byte[]> of(int events) {
    return events == 1 ? ofOne : ofSeveral;
  }

  List<Producer<String, byte[]>> both() {
    return List.of(ofOne, ofSeveral);
  }

  /**
   * @param patience for each, to send what it has
   */
  void close(Duration patience) {
    both().forEach(producer -> producer.close(patience));
  }
}
