package io.rebound.identity.privacy;

import io.rebound.consumption.KafkaClients;
import io.rebound.events.EventJson;
import io.rebound.events.Identifier;
import io.rebound.events.PrivacyMessage;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyRequested;
import io.rebound.events.PrivacyType;
import io.rebound.events.Topics;
import io.rebound.identity.sightings.Erasures;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.JacksonException;

/**
 * Before the first event is consumed, an identity that was restored to an earlier moment learns who
 * was erased since. Events and requests come in no order between them: without it, whoever returned
 * after an erasure would first be taken for the erased person, and erased with them.
 */
@Component
class RememberErasures implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(RememberErasures.class);

  private final KafkaClients clients;
  private final Erasures erasures;
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private volatile boolean done;

  RememberErasures(
      KafkaClients clients,
      Erasures erasures,
      JdbcClient jdbc,
      TransactionOperations transactions) {
    this.clients = clients;
    this.erasures = erasures;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public void start() {
    rememberFrom(positions());
    done = true;
  }

  private Map<Integer, Long> positions() {
    var positions = new HashMap<Integer, Long>();
    jdbc.sql("select partition_no, next_offset from consumer_position where topic = :topic")
        .param("topic", Topics.PRIVACY_REQUESTS.name())
        .query(row -> {
          positions.put(row.getInt("partition_no"), row.getLong("next_offset"));
        });
    return positions;
  }

  /** Reads what Kafka has behind these positions; of partitions not named, everything. */
  void rememberFrom(Map<Integer, Long> positions) {
    try (Consumer<byte[], byte[]> reader = clients.reader()) {
      List<TopicPartition> partitions =
          reader.partitionsFor(Topics.PRIVACY_REQUESTS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      reader.assign(partitions);
      partitions.forEach(one -> reader.seek(one, positions.getOrDefault(one.partition(), 0L)));
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      int known = 0;
      while (ends.entrySet().stream()
          .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
          known += remember(record);
        }
      }
      if (known > 0) {
        log.atInfo()
            .addKeyValue("messages", known)
            .log("Erasures that the database didn't know of hold from now on");
      }
    }
  }

  private int remember(ConsumerRecord<byte[], byte[]> record) {
    PrivacyMessage message;
    try {
      message = EventJson.MAPPER.readValue(record.value(), PrivacyMessage.class);
    } catch (JacksonException | IllegalArgumentException e) {
      return 0; // consumption puts it into the dead letters
    }
    switch (message) {
      case PrivacyRequested(_, var type, var named, var at) when type == PrivacyType.ERASURE ->
          suppress(named, at);
      case PrivacyOrder(_, var type, _, var identifiers, var at) when type == PrivacyType.ERASURE ->
          suppress(identifiers, at);
      default -> {
        return 0;
      }
    }
    return 1;
  }

  private void suppress(List<Identifier> identifiers, Instant at) {
    transactions.executeWithoutResult(_ -> {
      erasures.begin();
      erasures.suppress(identifiers, at);
    });
  }

  @Override
  public void stop() {
    done = false;
  }

  @Override
  public boolean isRunning() {
    return done;
  }

  /** Before consumption starts. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }
}
