package io.rebound.consumption;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Messages that are decided but perhaps not sent. A row belongs to a partition, and whoever owns
 * that partition sends it. Ids aren't in commit order, so nobody looks for rows by a watermark: the
 * writer knows its rows, and a new owner reads all that is left.
 */
final class Outbox {
  private final JdbcClient jdbc;

  Outbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A row and its packed messages. */
  record Row(long id, byte[] messages) {}

  Row append(TopicPartition owner, byte[] messages) {
    long id =
        jdbc.sql(
                """
                insert into outbox (topic, partition_no, messages)
                values (:topic, :partition, :messages) returning id
                """)
            .param("topic", owner.topic())
            .param("partition", owner.partition())
            .param("messages", messages)
            .query(Long.class)
            .single();
    return new Row(id, messages);
  }

  /** What former owners of the partition left unsent or uncleared, oldest first. */
  List<Row> leftBehind(TopicPartition owner) {
    return jdbc.sql(
            """
            select id, messages from outbox
            where topic = :topic and partition_no = :partition order by id
            """)
        .param("topic", owner.topic())
        .param("partition", owner.partition())
        .query(Row.class)
        .list();
  }

  /** Forgets rows that Kafka has. */
  void clear(Collection<Long> ids) {
    if (!ids.isEmpty()) {
      jdbc.sql("delete from outbox where id = any(:ids)")
          .param("ids", ids.toArray(Long[]::new))
          .update();
    }
  }
}
