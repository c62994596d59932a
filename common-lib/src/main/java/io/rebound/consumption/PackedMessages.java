package io.rebound.consumption;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.EventJson;
import io.rebound.events.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Messages that belong together as a table keeps them, be it a transaction's in the outbox or a
 * request's in ingest's spool: a count, then each with its headers. A tombstone has no type and
 * nothing behind it.
 */
public final class PackedMessages {

  /**
   * Kafka's default limit of a record is 1 MiB with its headers; one larger is the data's fault.
   */
  static final int MAX_BYTES = 1_000_000;

  private static final String TOMBSTONE = "";

  private PackedMessages() {}

  /** Throws {@link IllegalArgumentException} where one is larger than Kafka would take. */
  public static byte[] pack(Outgoing outgoing) {
    var bytes = new ByteArrayOutputStream(1024 * outgoing.entries().size());
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(outgoing.entries().size() + outgoing.tombstones().size());
      for (Outgoing.Entry<?> entry : outgoing.entries()) {
        Message message = entry.value();
        write(
            out,
            entry.topic().name(),
            entry.key(),
            message.ceType(),
            message.ceId(),
            message.ceTime().toString(),
            EventJson.bytes(message));
      }
      for (Outgoing.Tombstone tombstone : outgoing.tombstones()) {
        out.writeUTF(tombstone.topic().name());
        out.writeUTF(tombstone.key());
        out.writeUTF(TOMBSTONE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The same of messages that are records already, of which none is a tombstone. */
  public static byte[] packRecords(List<ProducerRecord<String, byte[]>> records) {
    var bytes = new ByteArrayOutputStream(1024 * records.size());
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(records.size());
      for (ProducerRecord<String, byte[]> record : records) {
        write(
            out,
            record.topic(),
            record.key(),
            CloudEvents.header(record.headers(), CloudEvents.TYPE),
            CloudEvents.header(record.headers(), CloudEvents.ID),
            CloudEvents.header(record.headers(), CloudEvents.TIME),
            record.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(
      DataOutputStream out,
      String topic,
      String key,
      String type,
      String id,
      String time,
      byte[] value)
      throws IOException {
    byte[] idBytes = id.getBytes(UTF_8);
    int size = value.length + idBytes.length + key.getBytes(UTF_8).length;
    if (size > MAX_BYTES) {
      throw new IllegalArgumentException("A message for " + topic + " is too large: " + size);
    }
    out.writeUTF(topic);
    out.writeUTF(key);
    out.writeUTF(type);
    writeBytes(out, idBytes);
    out.writeUTF(time);
    writeBytes(out, value);
  }

  /**
   * The records to send, in the order in which they were packed.
   *
   * @param service the sender, {@code ce_source}
   */
  public static List<ProducerRecord<String, byte[]>> unpack(String service, byte[] packed) {
    try (var in = new DataInputStream(new ByteArrayInputStream(packed))) {
      int count = in.readInt();
      var records = new ArrayList<ProducerRecord<String, byte[]>>(count);
      for (int i = 0; i < count; i++) {
        String topic = in.readUTF();
        String key = in.readUTF();
        String type = in.readUTF();
        if (type.equals(TOMBSTONE)) {
          records.add(new ProducerRecord<>(topic, key, null));
          continue;
        }
        String id = new String(readBytes(in), UTF_8);
        String time = in.readUTF();
        var record = new ProducerRecord<>(topic, key, readBytes(in));
        CloudEvents.describe(record.headers(), service, type, id, time);
        records.add(record);
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
