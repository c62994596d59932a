package io.rebound.segmentation.behaviour;

import io.rebound.events.ConsentChanged;
import io.rebound.events.Consents;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.TrackedEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a set of messages comes to at a time, worked out in memory from the whole set at once, as
 * plainly as can be.
 */
final class Oracle {
  private final Map<UUID, UUID> survivors = new TreeMap<>();
  private final Map<UUID, Consents> stated = new HashMap<>();
  private final Map<UUID, List<TrackedEvent>> events = new TreeMap<>();
  private final Map<UUID, int[]> scores = new TreeMap<>();
  private final Instant now;

  private record Order(Instant at, BigDecimal value, boolean refunded) {}

  Oracle(Collection<PersonEvent> messages, Instant now) {
    this.now = now;
    Set<UUID> persons = new TreeSet<>();
    for (PersonEvent message : messages) {
      switch (message) {
        case PersonsMerged m -> persons.addAll(List.of(m.absorbed(), m.survivor()));
        case PersonSplit s -> persons.addAll(List.of(s.personId(), s.from()));
        case EventMoved m -> persons.addAll(List.of(m.from(), m.to()));
        case ConsentChanged c -> persons.add(c.personId());
        case IdentifiedEvent e -> persons.add(e.personId());
      }
    }
    survive(persons, messages);
    consent(messages);
    assign(messages);
    score();
  }

  private void survive(Set<UUID> persons, Collection<PersonEvent> messages) {
    Map<UUID, PersonEvent> latest = new HashMap<>();
    for (PersonEvent message : messages) {
      UUID about =
          switch (message) {
            case PersonsMerged merge -> merge.absorbed();
            case PersonSplit split -> split.personId();
            default -> null;
          };
      if (about != null
          && (!latest.containsKey(about) || revision(message) > revision(latest.get(about)))) {
        latest.put(about, message);
      }
    }
    for (UUID id : persons) {
      UUID end = id;
      while (latest.get(end) instanceof PersonsMerged merge) {
        end = merge.survivor();
      }
      survivors.put(id, end);
    }
  }

  private static long revision(PersonEvent alias) {
    return alias instanceof PersonsMerged merge
        ? merge.revision()
        : ((PersonSplit) alias).revision();
  }

  private void consent(Collection<PersonEvent> messages) {
    for (PersonEvent message : messages) {
      switch (message) {
        case ConsentChanged(var person, var consents, _) -> state(person, consents);
        case IdentifiedEvent(var person, _, var consents, _) -> state(person, consents);
        default -> {}
      }
    }
  }

  private void state(UUID person, Consents consents) {
    if (consents.revision() > 0) {
      stated.merge(
          survivors.get(person),
          consents,
          (a, b) ->
              a.revision() == b.revision()
                  ? (a.profiling() ? b : a)
                  : a.revision() > b.revision() ? a : b);
    }
  }

  private void assign(Collection<PersonEvent> messages) {
    Map<String, Long> revisions = new TreeMap<>();
    Map<String, UUID> owners = new HashMap<>();
    Map<String, TrackedEvent> told = new HashMap<>();
    Map<String, Boolean> allowed = new HashMap<>();
    for (PersonEvent message : messages) {
      switch (message) {
        case IdentifiedEvent(var person, var revision, var consents, var event) -> {
          told.put(event.eventId(), event);
          allowed.merge(event.eventId(), consents.profiling(), Boolean::logicalAnd);
          if (revision > revisions.getOrDefault(event.eventId(), 0L)) {
            revisions.put(event.eventId(), revision);
            owners.put(event.eventId(), person);
          }
        }
        case EventMoved moved -> {
          if (moved.revision() > revisions.getOrDefault(moved.eventId(), 0L)) {
            revisions.put(moved.eventId(), moved.revision());
            owners.put(moved.eventId(), moved.to());
          }
        }
        default -> {}
      }
    }
    survivors.values().stream()
        .distinct()
        .forEach(id -> {
          if (stated.containsKey(id) && stated.get(id).profiling()) {
            events.put(id, new ArrayList<>());
          }
        });
    told.forEach((id, event) -> {
      UUID owner = survivors.get(owners.get(id));
      Consents consents = stated.get(owner);
      if (consents == null ? allowed.get(id) : consents.profiling()) {
        events.computeIfAbsent(owner, _ -> new ArrayList<>()).add(event);
      }
    });
  }

  private void score() {
    Instant at =
        now.atOffset(ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.DAYS)
            .plusDays(1)
            .toInstant()
            .minusNanos(1000);
    Map<UUID, BigDecimal[]> measures = new TreeMap<>();
    events.forEach((person, all) -> {
      Map<String, Order> orders = new HashMap<>();
      all.stream()
          .filter(event -> event.name().equals("Purchase"))
          .sorted(
              Comparator.comparing(TrackedEvent::at)
                  .thenComparing(TrackedEvent::eventId, Comparator.reverseOrder()))
          .forEach(event ->
              orders.put(
                  event.customData().get("order_id").toString(),
                  new Order(event.at(), (BigDecimal) event.customData().get("value"), false)));
      all.stream()
          .filter(event -> event.name().equals("Order Refunded"))
          .forEach(event -> takeBack(orders, event));
      orders.values().removeIf(order -> order.refunded() && order.value().signum() <= 0);
      if (!orders.isEmpty()) {
        Instant last =
            orders.values().stream().map(Order::at).max(Instant::compareTo).orElseThrow();
        measures.put(
            person,
            new BigDecimal[] {
              BigDecimal.valueOf(-Duration.between(last, at).toDays()),
              BigDecimal.valueOf(orders.size()),
              orders.values().stream().map(Order::value).reduce(BigDecimal.ZERO, BigDecimal::add)
            });
      }
    });
    measures.forEach((person, values) -> scores.put(person, new int[3]));
    for (int measure = 0; measure < 3; measure++) {
      int index = measure;
      boolean inverse = measure == 0;
      List<BigDecimal> ordered =
          measures.values().stream()
              .map(values -> inverse ? values[index].negate() : values[index])
              .sorted()
              .toList();
      measures.forEach((person, values) -> {
        BigDecimal value = inverse ? values[index].negate() : values[index];
        int bin = 1;
        for (int fifth = 1; fifth <= 4; fifth++) {
          if (value.compareTo(quantile(ordered, fifth)) > 0) {
            bin++;
          }
        }
        scores.get(person)[index] = inverse ? 6 - bin : bin;
      });
    }
  }

  private static void takeBack(Map<String, Order> orders, TrackedEvent refund) {
    orders.computeIfPresent(
        refund.customData().get("order_id").toString(),
        (_, order) -> {
          var value = (BigDecimal) refund.customData().get("value");
          return new Order(
              order.at(),
              value == null ? new BigDecimal(-1_000_000) : order.value().add(value),
              true);
        });
  }

  private static BigDecimal quantile(List<BigDecimal> ordered, int fifth) {
    int position = (ordered.size() - 1) * fifth;
    BigDecimal low = ordered.get(position / 5);
    BigDecimal high = ordered.get(Math.min(position / 5 + 1, ordered.size() - 1));
    return low.add(
        high.subtract(low).multiply(new BigDecimal("0.2")).multiply(new BigDecimal(position % 5)));
  }

  /** The scores of all customers. */
  Map<UUID, String> scores() {
    Map<UUID, String> all = new TreeMap<>();
    scores.forEach((person, rfm) -> all.put(person, rfm[0] + "," + rfm[1] + "," + rfm[2]));
    return all;
  }

  Set<UUID> whoScores(Predicate<int[]> test) {
    return scores.keySet().stream()
        .filter(person -> test.test(scores.get(person)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<UUID> whoseEvents(Predicate<List<TrackedEvent>> test) {
    return events.keySet().stream()
        .filter(person -> test.test(events.get(person)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  long count(List<TrackedEvent> of, String name, Duration within) {
    return of.stream()
        .filter(event -> event.name().equals(name) && event.at().isAfter(now.minus(within)))
        .count();
  }

  UUID survivor(UUID id) {
    return survivors.get(id);
  }
}
