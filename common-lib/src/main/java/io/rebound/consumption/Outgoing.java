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

  /** One message: its topic, key and value. */
  public record Entry<T extends Message>(Topic<T> topic, String key, T value) {}

  public <T extends Message> void send(Topic<T> topic, String key, T value) {
    entries.add(new Entry<>(topic, key, value));
  }

  /** Keyed by a person. */
  public <T extends Message> void send(Topic<T> topic, UUID personId, T value) {
    send(topic, personId.toString(), value);
  }

  public void addAll(Outgoing other) {
    entries.addAll(other.entries);
  }

  public List<Entry<?>> entries() {
    return Collections.unmodifiableList(entries);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
