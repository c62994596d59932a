package io.rebound.consumption;

import io.rebound.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics as Kafka has them: made if missing, and told apart from others of the same name. */
public final class TopicLogs {
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);
  private static final short REPLICAS_FOR_TWO_IN_SYNC = 3;
  private static final Duration COMPACTED_WITHIN = Duration.ofDays(1);

  private final KafkaProperties properties;
  private final Admin admin;

  public TopicLogs(KafkaProperties properties, Admin admin) {
    this.properties = properties;
    this.admin = admin;
  }

  /** Makes the topics that don't exist yet. Waits for Kafka as long as a start may take. */
  public void createMissing(Collection<Topic<?>> topics) {
    Set<String> existing = answer(() -> admin.listTopics().names());
    var missing = new ArrayList<NewTopic>();
    for (Topic<?> topic : topics) {
      if (!existing.contains(topic.name())) {
        missing.add(
            new NewTopic(topic.name(), properties.partitions(), properties.replicationFactor())
                .configs(settings(topic)));
      }
    }
    for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
      try {
        answer(() -> created);
      } catch (TopicExistsException e) {
        // another service was faster
      }
    }
  }

  private Map<String, String> settings(Topic<?> topic) {
    var settings = new HashMap<String, String>();
    if (properties.replicationFactor() >= REPLICAS_FOR_TWO_IN_SYNC) {
      settings.put("min.insync.replicas", "2");
    }
    switch (topic.retention()) {
      case COMPACTED -> {
        settings.put("cleanup.policy", "compact");
        // else what an erasure removes stays as long as its segment is written to
        settings.put("max.compaction.lag.ms", String.valueOf(COMPACTED_WITHIN.toMillis()));
      }
      case TIME -> settings.put("retention.ms", String.valueOf(properties.retention().toMillis()));
    }
    return settings;
  }

  /** Which log each topic is now. Fails where the number of partitions isn't the configured one. */
  Map<String, LogIdentity> identities(Set<String> topics) {
    String cluster = answer(() -> admin.describeCluster().clusterId());
    var logs = new HashMap<String, LogIdentity>();
    for (TopicDescription topic : describe(topics)) {
      if (topic.partitions().size() != properties.partitions()) {
        throw new RefusedPosition(
            "Topic %s has %d partitions, rebound.kafka.partitions says %d. The number is fixed when an installation starts, because a person's partition follows from it."
                .formatted(topic.name(), topic.partitions().size(), properties.partitions()));
      }
      logs.put(
          topic.name(),
          new LogIdentity(cluster, topic.topicId().toString(), topic.partitions().size()));
    }
    return logs;
  }

  private Collection<TopicDescription> describe(Set<String> topics) {
    return topics.isEmpty()
        ? List.of()
        : answer(() -> admin.describeTopics(topics).allTopicNames()).values();
  }

  /** The end of each partition's log now. */
  Map<TopicPartition, Long> ends(Map<String, LogIdentity> logs) {
    return offsets(logs, OffsetSpec.latest());
  }

  /** The first offset that each partition's log still has. */
  Map<TopicPartition, Long> beginnings(Map<String, LogIdentity> logs) {
    return offsets(logs, OffsetSpec.earliest());
  }

  private Map<TopicPartition, Long> offsets(Map<String, LogIdentity> logs, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> all =
        logs.entrySet().stream()
            .flatMap(log ->
                IntStream.range(0, log.getValue().partitionCount())
                    .mapToObj(number -> new TopicPartition(log.getKey(), number)))
            .collect(Collectors.toMap(partition -> partition, _ -> which));
    var offsets = new HashMap<TopicPartition, Long>();
    answer(() -> admin.listOffsets(all).all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  /** Asks until Kafka knows: a topic that was just made takes a moment to be known everywhere. */
  private <T> T answer(Supplier<KafkaFuture<T>> question) {
    long end = System.nanoTime() + properties.startupTimeout().toNanos();
    while (true) {
      try {
        return answerWithin(Duration.ofNanos(Math.max(1, end - System.nanoTime())), question.get());
      } catch (RetriableException e) {
        if (System.nanoTime() >= end) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
      }
    }
  }

  private <T> T answerWithin(Duration patience, KafkaFuture<T> future) {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("Kafka didn't answer", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Kafka at %s didn't answer within %s"
              .formatted(properties.bootstrapServers(), properties.startupTimeout()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Kafka", e);
    }
  }
}
