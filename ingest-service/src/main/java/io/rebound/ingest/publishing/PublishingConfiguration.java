package io.rebound.ingest.publishing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.rebound.consumption.KafkaClients;
import io.rebound.consumption.KafkaProperties;
import io.rebound.consumption.TopicLogs;
import io.rebound.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The door's producer. It starts only when Kafka has the topic and says where its leaders are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaProperties.class)
class PublishingConfiguration {
  private static final Duration ASK_AGAIN = Duration.ofMillis(20);

  @Bean(destroyMethod = "close")
  Producer<String, byte[]> producer(KafkaProperties kafka, PublishingProperties publishing) {
    var clients = new KafkaClients(kafka, "ingest");
    try (Admin admin = clients.admin()) {
      new TopicLogs(kafka, admin).createMissing(List.of(Topics.EVENTS));
    }
    Producer<String, byte[]> producer =
        clients.producer(
            Map.of(
                // an event loop never waits: neither for memory nor for a leader
                "max.block.ms", "0",
                "metadata.max.idle.ms", String.valueOf(Duration.ofDays(30).toMillis()),
                "delivery.timeout.ms", String.valueOf(publishing.timeout().toMillis()),
                "request.timeout.ms", String.valueOf(publishing.timeout().toMillis() / 2),
                "linger.ms", String.valueOf(publishing.linger().toMillis()),
                // a lone event is a batch of its own: a compressor's buffers cost more than it
                // saves
                "compression.type", "none",
                "buffer.memory", String.valueOf(publishing.buffer().toBytes())));
    knowLeaders(producer, System.nanoTime() + kafka.startupTimeout().toNanos());
    return producer;
  }

  /** A producer that never waits has to know where to send before the first event comes. */
  private static void knowLeaders(Producer<String, byte[]> producer, long deadline) {
    while (true) {
      try {
        producer.partitionsFor(Topics.EVENTS.name());
        return;
      } catch (TimeoutException notYet) {
        if (System.nanoTime() > deadline) {
          throw notYet;
        }
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
      }
    }
  }

  @Bean
  EventPublisher eventPublisher(Producer<String, byte[]> producer, MeterRegistry metrics) {
    new KafkaClientMetrics(producer).bindTo(metrics);
    return new EventPublisher(producer, metrics);
  }
}
