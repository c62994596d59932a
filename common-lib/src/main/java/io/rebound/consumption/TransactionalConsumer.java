package io.rebound.consumption;

import io.rebound.consumption.BatchTransaction.Committed;
import io.rebound.consumption.Positions.Step;
import io.rebound.consumption.Streams.Clocked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's consumption: polls, gathers, commits batch by batch, sends what the transactions
 * wrote. The story with all its failures is told in {@code docs/consumption.md}.
 *
 * <p>A lone record is taken at once. Under load a thread makes at most one transaction per pace, or
 * one per full batch, because a transaction costs as much as many records.
 */
final class TransactionalConsumer {
  private static final Logger log = LoggerFactory.getLogger(TransactionalConsumer.class);
  private static final Duration IDLE = Duration.ofMillis(250);

  /** After a wait for the pace: the fetch sent then returns what has gathered at the broker. */
  private static final Duration SETTLE = Duration.ofMillis(3);

  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);
  private static final Duration COMMIT_EVERY = Duration.ofMillis(250);

  private final Consumer<byte[], byte[]> consumer;
  private final BatchTransaction transaction;
  private final Ownership ownership;
  private final Assignment assignment;
  private final OutboxRelay relay;
  private final ConsumptionMeters meters;
  private final KafkaProperties properties;
  private final Streams streams;
  private final Clock clock;

  private long lastTransaction;
  private long lastOffsetCommit;
  private final Map<Clocked, Long> nextTicks = new IdentityHashMap<>();
  private Duration backOff = Duration.ZERO;

  TransactionalConsumer(
      Consumer<byte[], byte[]> consumer,
      BatchTransaction transaction,
      Ownership ownership,
      ConsumptionMeters meters,
      KafkaProperties properties,
      Streams streams,
      Clock clock) {
    this.consumer = consumer;
    this.transaction = transaction;
    this.ownership = ownership;
    this.assignment = ownership.assignment();
    this.relay = ownership.relay();
    this.meters = meters;
    this.properties = properties;
    this.streams = streams;
    this.clock = clock;
  }

  /** Consumes until the consumer is woken up, or fails. */
  void run() {
    consumer.subscribe(
        streams.readTopics().stream().map(topic -> topic.name()).toList(), ownership);
    while (true) {
      relay.sendFailedAgain();
      gather();
      if (assignment.pending() > 0 && !relay.backedUp()) {
        guarded(this::takeWaiting);
      }
      tickIfDue();
      clearIfIdle();
      showProgress();
    }
  }

  private void gather() {
    boolean hold = relay.backedUp() || !backOff.isZero();
    pauseAll(hold);
    if (hold) { // polls only to stay in the group
      Duration wait = backOff.isZero() ? SETTLE : backOff;
      LockSupport.parkNanos(wait.toNanos());
      buffer(Duration.ZERO);
      if (assignment.pending() == 0) { // nothing left that failed
        backOff = Duration.ZERO;
      }
      return;
    }
    if (assignment.pending() == 0) {
      buffer(untilTick());
    }
    long early = properties.pace().toNanos() - (System.nanoTime() - lastTransaction);
    if (assignment.pending() > 0 && !full() && early > 0) {
      LockSupport.parkNanos(early);
      buffer(Duration.ZERO);
      if (!full()) {
        buffer(SETTLE);
      }
    }
  }

  private boolean full() {
    return assignment.pending() >= properties.batchSize();
  }

  private void buffer(Duration patience) {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(patience);
    assignment.buffer(polled);
  }

  private void pauseAll(boolean hold) {
    if (hold) {
      consumer.pause(consumer.assignment());
    } else if (!consumer.paused().isEmpty()) {
      consumer.resume(consumer.paused());
    }
  }

  private Duration untilTick() {
    long now = System.nanoTime();
    long wait = IDLE.toNanos();
    for (Clocked clocked : streams.clocks()) {
      wait = Math.min(wait, Math.max(0, nextTicks.getOrDefault(clocked, now) - now));
    }
    return Duration.ofNanos(wait);
  }

  private void takeWaiting() {
    take(assignment.waiting());
  }

  /** Commits the records, or, if one of them is at fault, all but that one. */
  private void take(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
    List<Step> steps = assignment.steps(records);
    List<Long> sent = relay.acknowledged();
    long start = System.nanoTime();
    try {
      Committed committed = transaction.take(records, steps, assignment::isRepeated, sent);
      meters.batch(records, System.nanoTime() - start);
      settle(committed, steps, sent);
    } catch (RuntimeException | StackOverflowError failure) {
      if (FailureKind.of(failure) != FailureKind.DATA) {
        throw failure;
      }
      if (Halves.isSingle(records)) {
        passBy(records, steps, failure);
      } else {
        Halves halves = Halves.of(records);
        take(halves.first());
        take(halves.second());
      }
    }
  }

  private void passBy(
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> single,
      List<Step> steps,
      Throwable failure) {
    ConsumerRecord<byte[], byte[]> record = single.values().iterator().next().getFirst();
    log.atError()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("reason", Reason.of(failure))
        .log("A record can't be processed; it is kept in the dead letters and the rest goes on");
    List<Long> sent = relay.acknowledged();
    settle(transaction.passBy(record, steps, failure, sent), steps, sent);
  }

  private void settle(Committed committed, List<Step> steps, List<Long> sent) {
    lastTransaction = System.nanoTime();
    assignment.committed(steps);
    relay.cleared(sent);
    meters.poisoned(committed.poisoned());
    if (committed.row() != null) {
      relay.send(committed.row());
    }
    backOff = Duration.ZERO;
  }

  private void tickIfDue() {
    for (Clocked clocked : streams.clocks()) {
      long now = System.nanoTime();
      if (nextTicks.getOrDefault(clocked, now) - now > 0 || relay.backedUp()) {
        continue;
      }
      nextTicks.put(clocked, now + clocked.every().toNanos());
      Collection<TopicPartition> owned = assignment.partitionsOf(clocked.owner().name());
      if (!owned.isEmpty()) {
        guarded(() -> tick(clocked, owned));
      }
    }
  }

  private void tick(Clocked due, Collection<TopicPartition> owned) {
    List<Step> steps = assignment.standing(owned);
    List<Long> sent = relay.acknowledged();
    Instant now = clock.instant();
    Committed committed = transaction.tick(due, now, steps, sent);
    settle(committed, steps, sent);
    if (committed.more()) {
      nextTicks.put(due, System.nanoTime());
    }
  }

  /** Nothing new comes that would clear the last rows. */
  private void clearIfIdle() {
    List<Long> sent = relay.acknowledged();
    boolean quiet = System.nanoTime() - lastTransaction > IDLE.toNanos();
    if (!sent.isEmpty() && quiet) {
      guarded(() -> {
        transaction.clear(sent);
        relay.cleared(sent);
      });
    }
  }

  /**
   * Kafka's committed offset is for lag display, and tells a restored database from a fresh one.
   */
  private void showProgress() {
    meters.waiting(assignment.pending(), relay.waitingRows());
    if (System.nanoTime() - lastOffsetCommit > COMMIT_EVERY.toNanos()) {
      lastOffsetCommit = System.nanoTime();
      consumer.commitAsync(ownership.offsets(), null);
      meters.lag(consumer, assignment.partitions());
    }
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | StackOverflowError failure) {
      switch (FailureKind.of(failure)) {
        case STALE -> ownAgain();
        case INFRASTRUCTURE -> waitFor(failure);
        case DATA -> waitFor(failure); // a clock handler's defect: nothing to pass by
      }
    }
  }

  private void waitFor(Throwable failure) {
    backOff = backOff.isZero() ? FIRST_BACK_OFF : backOff.multipliedBy(2);
    backOff = backOff.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : backOff;
    meters.failed();
    log.atWarn()
        .addKeyValue("reason", Reason.of(failure))
        .addKeyValue("pause", backOff)
        .log("A transaction failed for no fault of its records; it is tried again");
    log.debug("The failed transaction", failure);
  }

  /**
   * Somebody moved the position. Kafka knows whether we are still a member; only then the
   * partitions are taken again and read from the database's position. The stale batch is never
   * repeated.
   */
  private void ownAgain() {
    meters.stale();
    log.atWarn().log("The position in the database was moved by somebody else; reading it again");
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets = ownership.offsets();
      if (!offsets.isEmpty()) {
        consumer.commitSync(offsets);
      }
      ownership.onPartitionsAssigned(assignment.partitions());
    } catch (CommitFailedException notAMember) {
      Collection<TopicPartition> lost = assignment.partitions();
      ownership.onPartitionsLost(lost);
    } catch (WakeupException stop) {
      throw stop;
    } catch (RuntimeException failure) {
      if (failure instanceof RefusedPosition
          || FailureKind.of(failure) != FailureKind.INFRASTRUCTURE) {
        throw failure;
      }
      waitFor(failure);
    }
  }
}
