package io.rebound.segmentation.behaviour;

import io.rebound.events.Consents;
import io.rebound.events.PersonEvent;
import io.rebound.segmentation.Events;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** A few persons' tangled lives: events, moves, merges, splits and statements. */
final class RandomMessages {
  private static final int PERSONS = 12;
  private static final int EVENTS = 70;
  private static final List<String> NAMES =
      List.of("Purchase", "AddToCart", "ViewContent", "Purchase", "Order Refunded");
  private static final int ALIASES = 18;
  private static final int ORDERS = 40;

  private RandomMessages() {}

  static List<PersonEvent> before(Instant now, Random random) {
    List<UUID> persons =
        IntStream.range(0, PERSONS).mapToObj(i -> Events.person("person " + i)).toList();
    List<PersonEvent> messages = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      Instant at = now.minus(Duration.ofMinutes(random.nextInt(4 * 24 * 60)));
      Map<String, Object> data =
          switch (name) {
            case "Purchase" -> order(random, BigDecimal.valueOf(random.nextInt(10_000), 2));
            case "Order Refunded" ->
                random.nextInt(4) == 0
                    ? Map.of("order_id", "order " + random.nextInt(ORDERS))
                    : order(random, BigDecimal.valueOf(-random.nextInt(5_000), 2));
            default -> Map.of();
          };
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
    for (long revision = 1; revision <= ALIASES; revision++) {
      messages.add(alias(persons, revision, random));
    }
    for (int i = 0; i < 4; i++) {
      messages.add(
          Events.stated(one(persons, random), random.nextInt(3) > 0, 1 + random.nextInt(5)));
    }
    return messages;
  }

  // the survivor is always the smaller id, by its bytes
  private static PersonEvent alias(List<UUID> persons, long revision, Random random) {
    List<UUID> two = new ArrayList<>(persons);
    Collections.shuffle(two, random);
    two.subList(2, two.size()).clear();
    two.sort(Comparator.comparing(UUID::toString));
    return random.nextInt(3) == 0
        ? Events.split(two.getLast(), two.getFirst(), revision)
        : Events.merged(two.getLast(), two.getFirst(), revision);
  }

  private static Map<String, Object> order(Random random, BigDecimal value) {
    return Map.of("order_id", "order " + random.nextInt(ORDERS), "value", value);
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
