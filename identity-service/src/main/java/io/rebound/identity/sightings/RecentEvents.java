package io.rebound.identity.sightings;

import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.rebound.events.EventKey;
import io.rebound.events.TrackedEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What clients sent lately. An event that its client sends again within the window ends here. */
@Repository
public class RecentEvents {
  private static final int RING = 16;

  private final JdbcClient jdbc;
  private final long windowDays;

  RecentEvents(JdbcClient jdbc, RepeatsProperties properties) {
    this.jdbc = jdbc;
    this.windowDays = properties.window().toDays();
  }

  /** The events nobody has seen yet, in their order; from now on they have been seen. */
  public List<TrackedEvent> withoutRepeats(List<TrackedEvent> events) {
    var first = new LinkedHashMap<EventKey, TrackedEvent>();
    events.forEach(event -> first.putIfAbsent(event.key(), event));
    Map<LocalDate, List<EventKey>> byDay =
        first.values().stream()
            .collect(
                groupingBy(
                    event -> event.receivedAt().atZone(UTC).toLocalDate(),
                    TreeMap::new,
                    java.util.stream.Collectors.mapping(
                        TrackedEvent::key, java.util.stream.Collectors.toList())));
    var unseen = new HashSet<EventKey>();
    byDay.forEach((day, keys) -> unseen.addAll(remember(day, keys)));
    return first.values().stream().filter(event -> unseen.contains(event.key())).toList();
  }

  /**
   * Remembers the events that aren't known from the days around, and says which these are. The
   * primary key settles who is first among threads on one day.
   */
  private Set<EventKey> remember(LocalDate day, List<EventKey> keys) {
    List<EventKey> sorted =
        keys.stream().sorted(comparing(EventKey::source).thenComparing(EventKey::eventId)).toList();
    // The other slots are single parameters, not an array: only so does the planner leave out the
    // partitions that can't hold a repeat.
    return jdbc
        .sql(
            """
            insert into recent_event as known (source, event_id, slot, received_on)
            select n.source, n.event_id, :slot, :day::date
            from unnest(:sources::text[], :eventIds::text[]) as n (source, event_id)
            where not exists (
              select from recent_event other
              where other.source = n.source and other.event_id = n.event_id
                and other.slot in (:otherSlots)
                and other.received_on between :day::date - :window and :day::date + 1)
            order by n.source, n.event_id
            on conflict (source, event_id, slot) do update set received_on = excluded.received_on
            where known.received_on < excluded.received_on -- a leftover of the last time round
            returning source, event_id
            """)
        .param("slot", slot(day))
        .param("day", day.toString())
        .param("window", (int) windowDays)
        .param("otherSlots", otherSlots(day))
        .param("sources", sorted.stream().map(EventKey::source).toArray(String[]::new))
        .param("eventIds", sorted.stream().map(EventKey::eventId).toArray(String[]::new))
        .query(EventKey.class)
        .stream()
        .collect(toSet());
  }

  private List<Integer> otherSlots(LocalDate day) {
    return LongStream.rangeClosed(-windowDays, 1)
        .filter(distance -> distance != 0)
        .mapToObj(distance -> slot(day.plusDays(distance)))
        .toList();
  }

  /** Empties the partitions of days that no repeat is compared with any more. */
  public void forgetBefore(Instant now) {
    LocalDate today = now.atZone(UTC).toLocalDate();
    Set<Integer> kept = new HashSet<>(otherSlots(today));
    kept.add(slot(today));
    kept.add(slot(today.plusDays(2)));
    var outdated = new ArrayList<String>();
    IntStream.range(0, RING)
        .filter(slot -> !kept.contains(slot))
        .mapToObj(slot -> "recent_event_" + slot)
        .forEach(outdated::add);
    for (String partition : outdated) {
      // truncating takes a lock that stops the service's other threads for a moment, so only where
      // there is something
      if (jdbc.sql("select exists (select from " + partition + ")").query(Boolean.class).single()) {
        jdbc.sql("truncate " + partition).update();
      }
    }
  }

  private static int slot(LocalDate day) {
    return (int) Math.floorMod(day.toEpochDay(), (long) RING);
  }
}
