package io.rebound.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.testcontainers.kafka.KafkaContainer;

/** The Kafka node of a test JVM. */
record TestKafka(String bootstrapServers) {

  static TestKafka embedded(Path folder) {
    try {
      LocalKafka server =
          LocalKafka.start(
              folder.resolve("kafka"), TestServers.freePort(), TestServers.freePort(), Map.of());
      TestServers.discardAtExit(server, folder);
      return new TestKafka(server.bootstrapServers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("resource") // lives as long as the JVM
  static TestKafka inContainer() {
    var container = new KafkaContainer("apache/kafka:4.2.0");
    container.start();
    return new TestKafka(container.getBootstrapServers());
  }
}
