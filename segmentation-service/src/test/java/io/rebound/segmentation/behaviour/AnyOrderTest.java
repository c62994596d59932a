package io.rebound.segmentation.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.Consents;
import io.rebound.events.PersonEvent;
import io.rebound.segmentation.Events;
import io.rebound.segmentation.Segmentation;
import io.rebound.segmentation.TestSegments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes, in whatever order, however often and cut into whatever batches, what it comes to
 * in the end follows from the messages and the time alone.
 */
class AnyOrderTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final int PERSONS = 12;
  private static final int EVENTS = 70;
  private static final Duration DAY = Duration.ofHours(24);
  private static final List<String> NAMES = List.of("Purchase", "AddToCart", "ViewContent");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void theOrderOfArrivalDoesntShow(long seed) {
    var random = new Random(seed);
    List<PersonEvent> messages = messages(random);
    try (var segmentation = new Segmentation(NOW)) {
      TestSegments.putAll(segmentation);
      deliver(messages, random, segmentation);
      segmentation.settleAfter(Duration.ofSeconds(6));
      check(segmentation, messages);

      // nothing happens but time
      for (int i = 0; i < 4; i++) {
        segmentation.settleAfter(Duration.ofMinutes(1 + random.nextInt(900)));
        check(segmentation, messages);
      }
    }
  }

  private static void deliver(
      List<PersonEvent> messages, Random random, Segmentation segmentation) {
    List<PersonEvent> delivered = new ArrayList<>(messages);
    for (int i = 0; i < messages.size() / 3; i++) {
      delivered.add(messages.get(random.nextInt(messages.size())));
    }
    Collections.shuffle(delivered, random);
    int from = 0;
    while (from < delivered.size()) {
      int to = Math.min(delivered.size(), from + 1 + random.nextInt(20));
      segmentation.consume(delivered.subList(from, to), false);
      if (random.nextInt(4) == 0) {
        segmentation.settleAfter(Duration.ofSeconds(random.nextInt(7)));
      }
      from = to;
    }
  }

  private static void check(Segmentation segmentation, List<PersonEvent> messages) {
    var oracle = new Oracle(messages, segmentation.clock.instant());
    assertThat(scores(segmentation)).isEqualTo(oracle.scores());
    Set<UUID> carts =
        oracle.whoseEvents(events ->
            oracle.count(events, "AddToCart", DAY) > 0
                && oracle.count(events, "Purchase", DAY) == 0);
    Set<UUID> good = oracle.whoScores(rfm -> rfm[0] >= 3 && rfm[1] >= 3);
    Set<UUID> goodCarts = new TreeSet<>(good);
    goodCarts.retainAll(carts);
    assertThat(segmentation.members("carts")).isEqualTo(carts);
    assertThat(segmentation.members("good")).isEqualTo(good);
    assertThat(segmentation.members("good-carts")).isEqualTo(goodCarts);
    assertThat(segmentation.members("lookers"))
        .isEqualTo(
            oracle.whoseEvents(events -> {
              long looked = oracle.count(events, "ViewContent", Duration.ofDays(2));
              return looked >= 1 && looked <= 2;
            }));
    assertThat(segmentation.members("never-bought"))
        .isEqualTo(
            oracle.whoseEvents(
                events -> oracle.count(events, "Purchase", Duration.ofDays(9999)) == 0));
  }

  private static Map<UUID, String> scores(Segmentation segmentation) {
    Map<UUID, String> scores = new TreeMap<>();
    segmentation
        .jdbc()
        .sql("select person_id, r, f, m from person where r is not null")
        .query(row -> {
          scores.put(
              row.getObject(1, UUID.class),
              row.getInt(2) + "," + row.getInt(3) + "," + row.getInt(4));
        });
    return scores;
  }

  private static List<PersonEvent> messages(Random random) {
    List<UUID> persons =
        IntStream.range(0, PERSONS).mapToObj(i -> Events.person("person " + i)).toList();
    List<PersonEvent> messages = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      Instant at = NOW.minus(Duration.ofMinutes(random.nextInt(4 * 24 * 60)));
      Map<String, Object> data =
          name.equals("Purchase")
              ? Map.of(
                  "order_id",
                  "order " + random.nextInt(EVENTS),
                  "value",
                  BigDecimal.valueOf(random.nextInt(10_000), 2))
              : Map.of();
      long revision = 1 + random.nextInt(3);
      messages.add(
          Events.did(one(persons, random), revision, consents(random), name, "e" + i, at, data));
      if (random.nextInt(3) == 0) {
        messages.add(
            Events.moved("e" + i, one(persons, random), one(persons, random), revision + 1));
      }
      if (random.nextInt(6) == 0) {
        messages.add(
            Events.moved("e" + i, one(persons, random), one(persons, random), revision + 2));
      }
    }
    for (int i = 0; i < 6; i++) {
      messages.add(Events.merged(one(persons, random), one(persons, random)));
    }
    for (int i = 0; i < 4; i++) {
      messages.add(
          Events.stated(one(persons, random), random.nextInt(3) > 0, 1 + random.nextInt(5)));
    }
    return messages;
  }

  private static Consents consents(Random random) {
    return random.nextInt(20) == 0
        ? new Consents(true, random.nextBoolean(), true, 1 + random.nextInt(5))
        : new Consents(true, random.nextInt(8) > 0, true, 0);
  }

  private static UUID one(List<UUID> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
