package io.rebound.consumption;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.EventJson;
import io.rebound.events.InstantText;
import io.rebound.events.Message;
import io.rebound.events.Topic;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * How a message becomes a Kafka record: CloudEvents 1.0, Kafka protocol binding in binary mode
 * ({@code ce_*} headers, the data as JSON in the value).
 */
public final class CloudEvents {
  static final String TYPE = "ce_type";
  static final String ID = "ce_id";
  static final String TIME = "ce_time";

  private static final byte[] SPEC_VERSION = "1.0".getBytes(UTF_8);
  private static final byte[] JSON = "application/json".getBytes(UTF_8);

  // one a service
  private static final Map<String, byte[]> SOURCES = new ConcurrentHashMap<>();

  private CloudEvents() {}

  /**
   * @param service the sender, {@code ce_source}
   */
  public static <T extends Message> ProducerRecord<String, byte[]> record(
      String service, Topic<T> topic, String key, T message) {
    var record = new ProducerRecord<>(topic.name(), key, EventJson.bytes(message));
    String time = InstantText.of(message.ceTime());
    describe(record.headers(), service, message.ceType(), message.ceId(), time);
    return record;
  }

  static void describe(Headers headers, String service, String type, String id, String time) {
    headers.add("ce_specversion", SPEC_VERSION);
    headers.add(TYPE, type.getBytes(UTF_8));
    headers.add("ce_source", SOURCES.computeIfAbsent(service, CloudEvents::source));
    headers.add(ID, id.getBytes(UTF_8));
    headers.add(TIME, time.getBytes(UTF_8));
    headers.add("content-type", JSON);
  }

  /** What {@link #describe} wrote there. */
  static String header(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), UTF_8);
  }

  private static byte[] source(String service) {
    return ("rebound/" + service).getBytes(UTF_8);
  }
}
