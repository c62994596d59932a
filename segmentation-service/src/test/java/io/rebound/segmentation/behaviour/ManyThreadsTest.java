package io.rebound.segmentation.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.consumption.Partitions;
import io.rebound.events.ConsentChanged;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.segmentation.Segmentation;
import io.rebound.segmentation.TestSegments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.TransientDataAccessException;

/** Several partitions' threads, each with its own order, touch the same persons at once. */
class ManyThreadsTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void what_it_comes_to_is_the_same(long seed) throws Exception {
    var random = new Random(seed);
    List<PersonEvent> messages = RandomMessages.before(NOW, random);
    try (var segmentation = new Segmentation(NOW);
        var threads = Executors.newFixedThreadPool(Segmentation.PARTITIONS)) {
      TestSegments.putAll(segmentation);
      List<Callable<Integer>> consumers = new ArrayList<>();
      for (List<PersonEvent> partition : byPartition(messages).values()) {
        consumers.add(() -> consume(partition, segmentation));
      }
      for (Future<Integer> consumer : threads.invokeAll(consumers)) {
        assertThat(consumer.get()).as("deadlocks").isZero();
      }
      segmentation.settleAfter(Duration.ofSeconds(6));
      Comparison.check(segmentation, messages);
    }
  }

  private static int consume(List<PersonEvent> partition, Segmentation segmentation) {
    int retries = 0;
    for (int from = 0; from < partition.size(); from += 5) {
      List<PersonEvent> batch = partition.subList(from, Math.min(partition.size(), from + 5));
      while (true) {
        try {
          segmentation.consume(batch, false);
          break;
        } catch (TransientDataAccessException e) { // as the consumer does
          retries++;
        }
      }
    }
    return retries;
  }

  // as identity sends them: what concerns two persons under each one's key
  private static Map<Integer, List<PersonEvent>> byPartition(List<PersonEvent> messages) {
    var partitions = new Partitions(Segmentation.PARTITIONS);
    Map<Integer, List<PersonEvent>> parts = new HashMap<>();
    for (PersonEvent message : messages) {
      List<UUID> keys =
          switch (message) {
            case IdentifiedEvent event -> List.of(event.personId());
            case ConsentChanged change -> List.of(change.personId());
            case PersonsMerged merge -> List.of(merge.absorbed(), merge.survivor());
            case PersonSplit split -> List.of(split.personId(), split.from());
            case EventMoved moved -> List.of(moved.from(), moved.to());
          };
      for (UUID key : keys) {
        parts.computeIfAbsent(partitions.of(key), _ -> new ArrayList<>()).add(message);
      }
    }
    return parts;
  }
}
