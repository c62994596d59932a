package io.rebound.identity.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.EventKey;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import io.rebound.pseudonyms.Pseudonyms;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clusters that an independent program found in {@code samples/identity}, event by event. */
class SampleTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  private final RunningIdentity identity = RunningIdentity.get();
  private final List<TrackedEvent> events = new Sample(identity.bean(Pseudonyms.class)).events();

  @BeforeEach
  void nothingSeen() {
    identity.forgetEverything();
  }

  @Test
  void in_order_of_arrival_every_event_is_its_persons_and_every_value_leads_to_them()
      throws Exception {
    var world = new World();
    batches(events, 1000).forEach(batch -> world.handle(batch, NOW));

    assertIsTheTruth(world);
    Map<EventKey, UUID> owners = world.owners();
    Exported.owners()
        .forEach((key, person) -> {
          boolean nobodys = Sample.TRUTH.get(key.eventId()).isEmpty();
          assertThat(person).as("%s", key).isEqualTo(nobodys ? null : owners.get(key));
        });
    assertEveryValueLeadsToItsPerson(owners);
  }

  private void assertEveryValueLeadsToItsPerson(Map<EventKey, UUID> owners) throws Exception {
    Map<String, String> answers = new HashMap<>();
    answers.put("", "urn:rebound:problem:not-found");
    answers.put("role", "urn:rebound:problem:role-identifier");
    answers.put("blocked", "urn:rebound:problem:blocked-identifier");
    Sample.TRUTH.forEach((event, cluster) -> {
      if (!cluster.isEmpty()) {
        answers.put(cluster, "\"person_id\":\"" + owners.get(new EventKey("sample", event)) + "\"");
      }
    });
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> done = new ArrayList<>();
      for (Sample.Row row : Sample.identifiers()) {
        done.add(
            threads.submit(() ->
                assertThat(found(row))
                    .as("%s", row)
                    .contains(Objects.requireNonNull(answers.get(row.cluster())))));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
  }

  private String found(Sample.Row row) {
    return identity
        .get(
            "/v1/persons?"
                + row.type().wireName()
                + "="
                + URLEncoder.encode(row.value(), StandardCharsets.UTF_8))
        .body();
  }

  @Test
  void shuffled_and_with_repeats_in_batches_of_any_size_too() {
    var random = new Random(7);
    List<TrackedEvent> shuffled = new ArrayList<>(events);
    shuffled.addAll(events.subList(0, 3000));
    Collections.shuffle(shuffled, random);
    var world = new World();
    for (TrackedEvent one : shuffled.subList(0, 400)) {
      world.handle(List.of(one), NOW);
    }
    batches(shuffled.subList(400, shuffled.size()), 777).forEach(batch -> world.handle(batch, NOW));

    assertIsTheTruth(world);
  }

  @Test
  void four_threads_that_share_the_work_come_to_the_same_and_never_wait_in_a_circle()
      throws Exception {
    long deadlocks = deadlocks();
    List<TrackedEvent> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, new Random(11));
    var world = new World();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> done = new ArrayList<>();
      batches(shuffled, 200)
          .forEach(batch -> done.add(threads.submit(() -> world.handle(batch, NOW))));
      for (Future<?> one : done) {
        one.get();
      }
    }

    assertThat(deadlocks()).isEqualTo(deadlocks);
    assertIsTheTruth(world);
  }

  private static List<List<TrackedEvent>> batches(List<TrackedEvent> events, int size) {
    List<List<TrackedEvent>> batches = new ArrayList<>();
    for (int at = 0; at < events.size(); at += size) {
      batches.add(events.subList(at, Math.min(events.size(), at + size)));
    }
    return batches;
  }

  private static void assertIsTheTruth(World world) {
    Map<EventKey, Set<?>> people = new HashMap<>();
    Sample.TRUTH.forEach((id, cluster) ->
        people.put(new EventKey("sample", id), Set.of(cluster.isEmpty() ? id : cluster)));
    Map<EventKey, UUID> owners = world.owners();
    AnyOrderTest.assertSamePeople(owners, people);
  }

  private long deadlocks() {
    return identity
        .bean(JdbcClient.class)
        .sql("select deadlocks from pg_stat_database where datname = current_database()")
        .query(Long.class)
        .single();
  }
}
