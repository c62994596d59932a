package io.rebound.consumption;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where this service stands in each partition, kept in its own database so that position and state
 * can't disagree: restore the database to any moment, and consumption goes on from that moment.
 */
final class Positions {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private final JdbcClient jdbc;
  private final String transactionTimeout;

  Positions(JdbcClient jdbc, Duration transactionTimeout) {
    this.jdbc = jdbc;
    this.transactionTimeout = transactionTimeout.toMillis() + "ms";
  }

  /** A position as its owner holds it. */
  record Held(long epoch, long nextOffset) {}

  /** One partition's way through a transaction: only the owner at {@code from} may go on. */
  record Step(TopicPartition partition, long epoch, long from, long to) {}

  private record Row(
      String topic,
      int partitionNo,
      long nextOffset,
      long epoch,
      String clusterId,
      String topicId,
      int partitionCount) {
    TopicPartition partition() {
      return new TopicPartition(topic, partitionNo);
    }

    LogIdentity log() {
      return new LogIdentity(clusterId, topicId, partitionCount);
    }
  }

  /**
   * Makes the caller the owner: whoever owned the partitions before can't commit any more. Waits
   * for a transaction of theirs that is still open. A partition never seen starts at its log's
   * beginning.
   *
   * @param beginnings the first offset in each partition's log
   */
  Map<TopicPartition, Held> acquire(
      Map<TopicPartition, Long> beginnings, Map<String, LogIdentity> logs) {
    List<TopicPartition> partitions = beginnings.keySet().stream().sorted(ORDER).toList();
    var held = new HashMap<TopicPartition, Held>();
    jdbc.sql(
            """
            insert into consumer_position as own
              (topic, partition_no, next_offset, epoch, cluster_id, topic_id, partition_count)
            select topic, partition_no, next_offset, 1, cluster_id, topic_id, partition_count
              from unnest(:topics::text[], :partitions::int[], :offsets::bigint[],
                          :clusters::text[], :ids::text[], :counts::int[])
                as given (topic, partition_no, next_offset, cluster_id, topic_id, partition_count)
              order by topic, partition_no
            on conflict (topic, partition_no) do update set epoch = own.epoch + 1
            returning own.*
            """)
        .param("topics", topics(partitions))
        .param("partitions", numbers(partitions))
        .param("offsets", partitions.stream().map(beginnings::get).toArray(Long[]::new))
        .param("clusters", each(partitions, logs, LogIdentity::clusterId))
        .param("ids", each(partitions, logs, LogIdentity::topicId))
        .param(
            "counts",
            partitions.stream()
                .map(partition -> log(logs, partition.topic()).partitionCount())
                .toArray(Integer[]::new))
        .query(Row.class)
        .list()
        .forEach(row -> {
          requireSameLog(row, log(logs, row.topic()));
          held.put(row.partition(), new Held(row.epoch(), row.nextOffset()));
        });
    return held;
  }

  /** Fails with {@link RefusedPosition} where a stored position belongs to another log. */
  void requireSameLogs(Map<String, LogIdentity> logs) {
    jdbc.sql("select * from consumer_position where topic = any(:topics) order by 1, 2")
        .param("topics", logs.keySet().toArray(String[]::new))
        .query(Row.class)
        .list()
        .forEach(row -> requireSameLog(row, log(logs, row.topic())));
  }

  /**
   * Fails with {@link RefusedPosition} where a stored position lies outside its partition's log.
   */
  void requireInside(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
    jdbc.sql("select * from consumer_position where topic = any(:topics) order by 1, 2")
        .param("topics", topics(List.copyOf(ends.keySet())))
        .query(Row.class)
        .list()
        .forEach(row ->
            RefusedPosition.requireInside(
                row.partition(),
                row.nextOffset(),
                beginnings.getOrDefault(row.partition(), 0L),
                ends.getOrDefault(row.partition(), 0L)));
  }

  /**
   * Moves the positions on, inside the caller's transaction, and holds their rows until its end.
   * The first statement of the transaction, so that nobody works for nothing; it also bounds the
   * transaction's time, so that a frozen owner's locks end.
   */
  void advance(Collection<Step> steps) {
    List<Step> sorted =
        steps.stream().sorted(Comparator.comparing(Step::partition, ORDER)).toList();
    int moved =
        jdbc.sql(
                """
                with step as (
                  select topic, partition_no, epoch, from_offset, to_offset
                    from unnest(:topics::text[], :partitions::int[], :epochs::bigint[],
                                :froms::bigint[], :tos::bigint[])
                      as given (topic, partition_no, epoch, from_offset, to_offset)
                ), own as ( -- locked in one order by everybody
                  select topic, partition_no
                    from consumer_position join step using (topic, partition_no)
                    where consumer_position.epoch = step.epoch
                      and next_offset = from_offset
                    order by topic, partition_no
                    for no key update of consumer_position
                )
                update consumer_position as position set next_offset = to_offset
                  from own join step using (topic, partition_no),
                       (select set_config('transaction_timeout', :timeout, true)) as bound
                  where position.topic = own.topic and position.partition_no = own.partition_no
                """)
            .param("topics", sorted.stream().map(s -> s.partition().topic()).toArray(String[]::new))
            .param(
                "partitions",
                sorted.stream().map(s -> s.partition().partition()).toArray(Integer[]::new))
            .param("epochs", sorted.stream().map(Step::epoch).toArray(Long[]::new))
            .param("froms", sorted.stream().map(Step::from).toArray(Long[]::new))
            .param("tos", sorted.stream().map(Step::to).toArray(Long[]::new))
            .param("timeout", transactionTimeout)
            .update();
    if (moved != sorted.size()) {
      throw new StaleOwner(moved + " of " + sorted.size() + " positions are still ours");
    }
  }

  /** The next offset of each partition of a topic that has a position. */
  Map<TopicPartition, Long> of(String topic) {
    var offsets = new HashMap<TopicPartition, Long>();
    jdbc.sql("select * from consumer_position where topic = :topic")
        .param("topic", topic)
        .query(Row.class)
        .list()
        .forEach(row -> offsets.put(row.partition(), row.nextOffset()));
    return offsets;
  }

  private static void requireSameLog(Row row, LogIdentity found) {
    if (!row.log().equals(found)) {
      throw new RefusedPosition(
          "The database's position in topic "
              + row.topic()
              + " belongs to another log: it was taken in "
              + row.log()
              + ", Kafka now has "
              + found
              + ". Either Kafka was set up anew (then this service's database must be rebuilt too)"
              + " or the service points at the wrong Kafka or database.");
    }
  }

  private static LogIdentity log(Map<String, LogIdentity> logs, String topic) {
    LogIdentity log = logs.get(topic);
    if (log == null) {
      throw new IllegalStateException("Topic " + topic + " isn't one this service reads");
    }
    return log;
  }

  private static String[] each(
      List<TopicPartition> partitions,
      Map<String, LogIdentity> logs,
      java.util.function.Function<LogIdentity, String> part) {
    return partitions.stream().map(p -> part.apply(log(logs, p.topic()))).toArray(String[]::new);
  }

  private static String[] topics(List<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::topic).toArray(String[]::new);
  }

  private static Integer[] numbers(List<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new);
  }
}
