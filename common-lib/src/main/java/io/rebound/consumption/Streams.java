package io.rebound.consumption;

import io.rebound.events.Message;
import io.rebound.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a service reads, with which handlers, and what it writes: the one bean a service's {@code
 * …Streams} class provides. Handlers of one topic run in the order given and share the transaction.
 */
public final class Streams {
  private final String service;
  private final List<Reading<?>> readings = new ArrayList<>();
  private final List<Topic<?>> writes = new ArrayList<>();
  private final List<Clocked> clocks = new ArrayList<>();

  /** A topic and a handler of its records. */
  record Reading<T extends Message>(Topic<T> topic, BatchHandler<? super T> handler) {}

  /** What runs by the clock for the partitions of a topic this service reads. */
  record Clocked(Topic<?> owner, Duration every, ClockHandler handler) {}

  private Streams(String service) {
    this.service = service;
  }

  /**
   * @param service the module's short name, for instance {@code capi-sync}: the consumer group, the
   *     prefix of client ids and the {@code ce_source}
   */
  public static Streams of(String service) {
    return new Streams(service);
  }

  public <T extends Message> Streams reads(Topic<T> topic, BatchHandler<? super T> handler) {
    readings.add(new Reading<>(topic, handler));
    return this;
  }

  public Streams writes(Topic<?>... topics) {
    writes.addAll(List.of(topics));
    return this;
  }

  /** Has the handler run every so often for the partitions of {@code owner} that a thread owns. */
  public Streams everySoOften(Topic<?> owner, Duration every, ClockHandler handler) {
    clocks.add(new Clocked(owner, every, handler));
    return this;
  }

  public String service() {
    return service;
  }

  public Set<Topic<?>> readTopics() {
    return readings.stream().map(Reading::topic).collect(Collectors.toUnmodifiableSet());
  }

  public Set<Topic<?>> topics() {
    return Stream.concat(readTopics().stream(), writes.stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  List<Reading<?>> readings() {
    return readings;
  }

  List<Clocked> clocks() {
    return clocks;
  }
}
