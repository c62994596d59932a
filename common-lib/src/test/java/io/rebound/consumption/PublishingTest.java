package io.rebound.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a transaction wrote is sent, at least once, whatever happens after its commit. */
class PublishingTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void what_a_killed_owner_committed_and_never_sent_is_sent_by_the_next_before_anything_else() {
    var outbox = new Outbox(world.jdbc);
    for (int number = 0; number < World.PARTITIONS; number++) {
      var left = new Outgoing();
      left.send(world.out, "left-" + number, Counted.once("left-" + number));
      outbox.append(World.partitions(world.in).get(number), PackedMessages.pack(left));
    }
    Set<String> sent = new HashSet<>(world.send("new", 50));
    var order = new ArrayList<String>();

    world.instance().publishingWith(producer -> recording(producer, order)).start();
    world.awaitQuiet();

    assertThat(order.subList(0, World.PARTITIONS)).allMatch(key -> key.startsWith("left-"));
    assertThat(world.published()).hasSize(50 + World.PARTITIONS).containsAll(sent);
    world.assertTakenOnce(sent);
  }

  @Test
  void a_consumer_that_breaks_between_commit_and_sending_sends_afterwards() {
    var broken = new AtomicBoolean();
    world
        .instance()
        .publishingWith(producer ->
            around(
                producer,
                () -> {
                  if (!broken.getAndSet(true)) {
                    throw new AssertionError("broken on purpose");
                  }
                  return true;
                }))
        .start();
    Set<String> sent = world.send("a", 20);

    world.awaitQuiet();

    assertThat(broken).isTrue();
    world.assertTakenOnce(sent);
    assertThat(new HashSet<>(world.published())).isEqualTo(sent);
  }

  @Test
  void messages_that_kafka_refuses_for_a_while_are_sent_again() {
    var refusals = new AtomicBoolean(true);
    world
        .instance()
        .publishingWith(producer ->
            around(
                producer,
                () -> {
                  if (refusals.get()) {
                    throw new TimeoutException("no metadata, on purpose");
                  }
                  return true;
                }))
        .start();
    Set<String> sent = world.send("a", 20);
    await().atMost(World.PATIENCE).until(() -> world.taken().size() == 20);
    assertThat(world.outboxRows()).isPositive();

    refusals.set(false);
    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(world.published()).hasSize(20).containsAll(sent);
  }

  @Test
  void a_consumer_that_cannot_publish_stops_taking_records_but_stays_in_its_group()
      throws Exception {
    var closed = new AtomicBoolean(true);
    var held = new ArrayList<Runnable>();
    Instance instance =
        world
            .instance()
            .batchesOf(10)
            .client("max.poll.interval.ms", "1000")
            .publishingWith(producer -> holding(producer, closed, held))
            .start();
    Set<String> sent = new HashSet<>();
    for (int round = 0; round < 20; round++) {
      sent.addAll(world.send("round-" + round, 30));
    }
    await().atMost(World.PATIENCE).until(() -> world.outboxRows() > 8);
    long stopped = world.position();

    // twice the longest time between polls
    await()
        .during(Duration.ofSeconds(2))
        .atMost(World.PATIENCE)
        .until(() -> world.position() == stopped && groupState() == GroupState.STABLE);
    assertThat(stopped).isLessThan(sent.size());

    closed.set(false);
    synchronized (held) {
      held.forEach(Runnable::run);
    }
    world.awaitQuiet();
    world.assertTakenOnce(sent);
    assertThat(world.published()).hasSize(sent.size()).containsAll(sent);
    assertThat(instance.counted("stale_total")).isZero();
  }

  @Test
  void a_message_too_large_for_kafka_is_found_before_the_commit() {
    Instance instance =
        world
            .instance()
            .handledBy(tally ->
                batch -> {
                  Outgoing outgoing = tally.handle(batch);
                  if (batch.values().stream().anyMatch(value -> value.id().equals("large"))) {
                    outgoing.send(world.out, "large", Counted.once("x".repeat(1_100_000)));
                  }
                  return outgoing;
                })
            .start();
    Set<String> others = world.send("a", 20);
    world.send(Counted.once("large"));

    world.awaitQuiet();

    world.assertTakenOnce(others);
    assertThat(instance.deadLetters().list(0, 10))
        .singleElement()
        .extracting(DeadLetter::reason)
        .asString()
        .contains("IllegalArgumentException at PackedMessages");
  }

  private GroupState groupState() throws Exception {
    try (Admin admin = world.clients.admin()) {
      return admin
          .describeConsumerGroups(List.of(world.service))
          .all()
          .get()
          .get(world.service)
          .groupState();
    }
  }

  private interface BeforeSending {
    boolean proceed();
  }

  private static Producer<String, byte[]> recording(
      Producer<String, byte[]> producer, List<String> keys) {
    return intercepted(
        producer,
        (args, send) -> {
          keys.add(
              ((org.apache.kafka.clients.producer.ProducerRecord<?, ?>) args[0]).key().toString());
          return send.call();
        });
  }

  private static Producer<String, byte[]> around(
      Producer<String, byte[]> producer, BeforeSending before) {
    return intercepted(producer, (args, send) -> before.proceed() ? send.call() : null);
  }

  /** Takes records without sending them until opened, as a producer whose Kafka is away does. */
  private static Producer<String, byte[]> holding(
      Producer<String, byte[]> producer, AtomicBoolean closed, List<Runnable> held) {
    return intercepted(
        producer,
        (args, send) -> {
          synchronized (held) {
            if (!closed.get()) {
              return send.call();
            }
            held.add(() -> {
              try {
                send.call();
              } catch (Throwable e) {
                throw new IllegalStateException(e);
              }
            });
            return null;
          }
        });
  }

  private interface Call {
    Object call() throws Throwable;
  }

  private interface Interception {
    Object send(Object[] arguments, Call send) throws Throwable;
  }

  @SuppressWarnings("unchecked")
  private static Producer<String, byte[]> intercepted(
      Producer<String, byte[]> producer, Interception interception) {
    return (Producer<String, byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (_, method, args) -> {
              Call call =
                  () -> {
                    try {
                      return method.invoke(producer, args);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  };
              return method.getName().equals("send") ? interception.send(args, call) : call.call();
            });
  }
}
