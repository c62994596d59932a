package io.rebound.consumption;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.EventJson;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/**
 * Records this service could not process, each kept whole with its reason, in the transaction that
 * passed it by. They hold pseudonyms and sealed data as the topics do.
 */
public final class DeadLetters {
  private static final long RETRY_SECONDS = 30;

  private final JdbcClient jdbc;
  private final Producer<String, byte[]> producer;

  DeadLetters(JdbcClient jdbc, Producer<String, byte[]> producer) {
    this.jdbc = jdbc;
    this.producer = producer;
  }

  private record Stored(
      String topic, byte @Nullable [] recordKey, byte @Nullable [] recordValue, String headers) {}

  void add(ConsumerRecord<byte[], byte[]> record, Throwable reason) {
    jdbc.sql(
            """
            insert into dead_letter (topic, partition_no, record_offset, record_time,
                                     record_key, record_value, headers, reason)
            values (:topic, :partition, :offset, :time, :key, :value, :headers::jsonb, :reason)
            on conflict on constraint dead_letter_record_once do nothing
            """)
        .param("topic", record.topic())
        .param("partition", record.partition())
        .param("offset", record.offset())
        .param("time", new Timestamp(record.timestamp()))
        .param("key", record.key())
        .param("value", record.value())
        .param("headers", EventJson.MAPPER.writeValueAsString(headers(record)))
        .param("reason", storable(Reason.of(reason)))
        .update();
  }

  /** Dead letters with an id above {@code after}, oldest first. */
  public List<DeadLetter> list(long after, int limit) {
    return jdbc.sql(
            """
            select id, topic, partition_no as partition, record_offset as "offset", reason,
                   failed_at, retried_at
            from dead_letter where id > :after order by id limit :limit
            """)
        .param("after", after)
        .param("limit", limit)
        .query(DeadLetter.class)
        .list();
  }

  public boolean knows(long id) {
    return jdbc.sql("select exists (select from dead_letter where id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /**
   * Appends the record to its topic anew and notes when; what it does then is up to the handler.
   * Safe to repeat: events count once.
   *
   * @return false if there is no such dead letter
   */
  public boolean retry(long id) {
    Optional<Stored> stored =
        jdbc.sql(
                """
                select topic, record_key, record_value, headers::text as headers
                from dead_letter where id = :id
                """)
            .param("id", id)
            .query(Stored.class)
            .optional();
    stored.ifPresent(letter -> {
      append(letter).orTimeout(RETRY_SECONDS, TimeUnit.SECONDS).join();
      jdbc.sql("update dead_letter set retried_at = now() where id = :id").param("id", id).update();
    });
    return stored.isPresent();
  }

  /** Forgets some of those that came before that moment; returns how many. */
  public int forgetBefore(Instant moment, int most) {
    return jdbc.sql(
            """
            delete from dead_letter where id in (
              select id from dead_letter where failed_at < :moment order by id limit :most)
            """)
        .param("moment", Timestamp.from(moment))
        .param("most", most)
        .update();
  }

  private CompletableFuture<Void> append(Stored letter) {
    byte[] key = letter.recordKey();
    var record =
        new ProducerRecord<@Nullable String, byte @Nullable []>(
            letter.topic(), key == null ? null : new String(key, UTF_8), letter.recordValue());
    EventJson.MAPPER
        .readValue(letter.headers(), new TypeReference<Map<String, String>>() {})
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    var acknowledged = new CompletableFuture<Void>();
    producer.send(
        record,
        (metadata, failure) -> {
          if (failure == null) {
            acknowledged.complete(null);
          } else {
            acknowledged.completeExceptionally(failure);
          }
        });
    return acknowledged;
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    var headers = new HashMap<String, String>();
    record
        .headers()
        .forEach(h -> {
          if (h.value() != null) {
            headers.put(storable(h.key()), storable(new String(h.value(), UTF_8)));
          }
        });
    return headers;
  }

  /** PostgreSQL's texts hold every character but this one. */
  private static String storable(String text) {
    return text.replace('\u0000', '\uFFFD');
  }
}
