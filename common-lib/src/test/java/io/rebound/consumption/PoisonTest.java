package io.rebound.consumption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A record that can't be processed goes to the dead letters; all others take effect. */
class PoisonTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void what_is_not_json_is_kept_with_its_reason_and_nothing_of_its_content() {
    Set<String> sent = new HashSet<>(world.send("before", 20));
    world.sendText("bad", "{\"id\": \"secret-value");
    world.sendText("bad", "{\"id\": \"x\", \"times\": \"secret-value\", \"at\": 1}");
    sent.addAll(world.send("after", 20));

    Instance instance = world.instance().start();
    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(instance.deadLetters().list(0, 10))
        .hasSize(2)
        .allSatisfy(letter -> {
          assertThat(letter.topic()).isEqualTo(world.in.name());
          assertThat(letter.reason()).startsWith("Not the JSON the contract asks for");
          assertThat(letter.reason()).doesNotContain("secret-value");
        });
    assertThat(instance.counted("dead_letters_total")).isEqualTo(2);
  }

  @Test
  void the_one_record_that_makes_a_handler_fail_is_found_and_the_others_commit() {
    Set<String> sent = new HashSet<>(world.send("before", 200));
    world.send(new Counted("bad", Integer.MIN_VALUE, Counted.once("").at()));
    sent.addAll(world.send("after", 200));

    Instance instance =
        world
            .instance()
            .handledBy(tally ->
                batch -> {
                  Outgoing outgoing = tally.handle(batch);
                  if (batch.values().stream().anyMatch(value -> value.times() < 0)) {
                    throw new IllegalStateException("secret-value");
                  }
                  return outgoing;
                })
            .start();
    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(world.published()).hasSize(400).containsAll(sent);
    assertThat(instance.deadLetters().list(0, 10))
        .singleElement()
        .extracting(DeadLetter::reason)
        .asString()
        .startsWith("IllegalStateException at PoisonTest.java:");
  }

  @Test
  void a_value_the_database_refuses_is_the_records_fault() {
    Set<String> sent = new HashSet<>(world.send("before", 20));
    world.send(Counted.once("nul-\u0000"));
    sent.addAll(world.send("after", 20));

    Instance instance = world.instance().start();
    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(instance.deadLetters().list(0, 10))
        .singleElement()
        .extracting(DeadLetter::reason)
        .isEqualTo("The database refused it with SQLSTATE 22021");
  }

  @Test
  void a_dead_letter_takes_whatever_headers_a_record_has() {
    var record = new ProducerRecord<String, byte[]>(world.in.name(), "{".getBytes(UTF_8));
    record.headers().add("none", null).add("nul", "a\u0000b".getBytes(UTF_8));
    record.headers().add("binary", new byte[] {(byte) 0xC3, 0x28, 0});
    world.send(record);
    Set<String> sent = world.send("after", 20);

    Instance instance = world.instance().start();
    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(instance.deadLetters().list(0, 10)).hasSize(1);
  }

  @Test
  void a_tombstone_is_nobodys_state() {
    world.send(new ProducerRecord<>(world.in.name(), "key", null));
    Set<String> sent = world.send("after", 20);

    Instance instance = world.instance().start();
    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(instance.deadLetters().list(0, 10)).isEmpty();
  }

  @Test
  void a_retried_record_is_appended_anew_and_takes_effect() {
    var cured = new AtomicBoolean();
    Instance instance =
        world
            .instance()
            .handledBy(tally ->
                batch -> {
                  if (!cured.get() && batch.values().stream().anyMatch(v -> v.id().equals("ill"))) {
                    throw new IllegalStateException("not yet");
                  }
                  return tally.handle(batch);
                })
            .start();
    Set<String> sent = new HashSet<>(world.send("a", 20));
    world.send(Counted.once("ill"));
    world.awaitQuiet();
    world.assertTakenOnce(sent);
    List<DeadLetter> letters = instance.deadLetters().list(0, 10);
    assertThat(letters).hasSize(1).allMatch(letter -> letter.retriedAt() == null);

    cured.set(true);
    assertThat(instance.deadLetters().retry(letters.getFirst().id())).isTrue();
    await().atMost(World.PATIENCE).until(() -> world.position() == 22);
    world.awaitQuiet();

    sent.add("ill");
    world.assertTakenOnce(sent);
    assertThat(instance.deadLetters().list(0, 10))
        .singleElement()
        .matches(letter -> letter.retriedAt() != null);
    assertThat(instance.deadLetters().retry(4711)).isFalse();
  }
}
