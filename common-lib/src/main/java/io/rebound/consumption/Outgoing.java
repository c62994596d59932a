package io.rebound.consumption;

import io.rebound.events.Message;
import io.rebound.events.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * The messages a handler wants sent, in order. They go out after the transaction that the handler
 * ran in has committed, at least once.
 */
public final class Outgoing {
  private final List<Entry<?>> entries = new ArrayList<>();
  private final List<Tombstone> tombstones = new ArrayList<>();

  /** One message: its topic, key and value. */
  public record Entry<T extends Message>(Topic<T> topic, String key, T value) {}

  /** From a compacted topic everything under this key is to go. */
  public record Tombstone(Topic<?> topic, String key) {}

  public <T extends Message> void send(Topic<T> topic, String key, T value) {
    entries.add(new Entry<>(topic, key, value));
  }

  /** Keyed by a person. */
  public <T extends Message> void send(Topic<T> topic, UUID personId, T value) {
    send(topic, personId.toString(), value);
  }

  /**
   * Has Kafka remove what a compacted topic holds of a person; goes out after the messages. Readers
   * don't see it.
   */
  public void forget(Topic<?> topic, UUID personId) {
    if (topic.retention() != Topic.Retention.COMPACTED) {
      throw new IllegalArgumentException(topic.name() + " isn't compacted: its records age out");
    }
    tombstones.add(new Tombstone(topic, personId.toString()));
  }

  public void addAll(Outgoing other) {
    entries.addAll(other.entries);
    tombstones.addAll(other.tombstones);
  }

  public List<Entry<?>> entries() {
    return Collections.unmodifiableList(entries);
  }

  public List<Tombstone> tombstones() {
    return Collections.unmodifiableList(tombstones);
  }

  public boolean isEmpty() {
    return entries.isEmpty() && tombstones.isEmpty();
  }
}
