package io.rebound.segmentation.segments;

import io.rebound.events.EventJson;
import io.rebound.segmentation.people.Person;
import io.rebound.segmentation.rfm.Edges;
import io.rebound.segmentation.rfm.LiveScores;
import io.rebound.segmentation.rfm.Scores;
import io.rebound.segmentation.rules.Facts;
import io.rebound.segmentation.rules.Facts.Happening;
import io.rebound.segmentation.rules.Needs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Gathers the facts that rules ask for, of many persons at once. */
@Repository
class Dossiers {
  private static final TypeReference<Map<String, Object>> PROPERTIES = new TypeReference<>() {};
  private static final Timestamp EVER = Timestamp.from(Instant.EPOCH);

  private final JdbcClient jdbc;
  private final LiveScores live;

  Dossiers(JdbcClient jdbc, LiveScores live) {
    this.jdbc = jdbc;
    this.live = live;
  }

  /**
   * The facts of those among these persons who may be profiled; the others, and those who were
   * absorbed, are left out.
   */
  Map<UUID, Facts> of(Collection<Person> persons, Needs needs, Instant now) {
    Set<UUID> allowed = allowed(persons);
    Map<UUID, Map<String, List<Happening>>> events = events(allowed, needs.windows(), now);
    Edges edges = needs.scores() ? live.edges() : null;
    Map<UUID, Facts> facts = new HashMap<>();
    for (Person person : persons) {
      if (allowed.contains(person.id())) {
        facts.put(
            person.id(),
            new Facts(
                events.getOrDefault(person.id(), Map.of()),
                edges == null ? null : scores(person, edges)));
      }
    }
    return facts;
  }

  private static @Nullable Scores scores(Person person, Edges edges) {
    return edges.scores(person.lastPurchaseAt(), person.orders(), person.spent()).orElse(null);
  }

  // what a person stated holds; until then they are known by what sources allowed
  private Set<UUID> allowed(Collection<Person> persons) {
    Set<UUID> allowed = new HashSet<>();
    List<UUID> silent = new ArrayList<>();
    for (Person person : persons) {
      if (person.absorbed()) {
        continue;
      }
      if (person.silent()) {
        silent.add(person.id());
      } else if (person.consent().allowed()) {
        allowed.add(person.id());
      }
    }
    if (!silent.isEmpty()) {
      jdbc.sql(
              """
              select i.id from unnest(:ids::uuid[]) as i(id)
              cross join lateral (
                select from behaviour_event b
                where b.person_id = i.id and b.profiling and b.name is not null
                -- in the order of the index, or a young table would be read whole
                order by b.name, b.at limit 1
              ) b
              """)
          .param("ids", silent.toArray(UUID[]::new))
          .query(UUID.class)
          .list()
          .forEach(allowed::add);
    }
    return allowed;
  }

  private Map<UUID, Map<String, List<Happening>>> events(
      Set<UUID> persons, Map<String, @Nullable Duration> windows, Instant now) {
    Map<UUID, Map<String, List<Happening>>> events = new HashMap<>();
    if (persons.isEmpty() || windows.isEmpty()) {
      return events;
    }
    List<String> names = List.copyOf(windows.keySet());
    jdbc.sql(
            """
            select b.person_id, b.name, b.at, b.value, b.currency, b.order_key, b.props
            from unnest(:names::text[], :since::timestamptz[]) as n(name, since)
            cross join unnest(:ids::uuid[]) as i(id)
            join person p on p.person_id = i.id and p.person_id = any(:ids::uuid[])
            cross join lateral (
              select * from behaviour_event b
              where b.person_id = i.id and b.name = n.name and b.at >= n.since
              offset 0 -- by index, also before there are statistics
            ) b
            where b.profiling or p.consent_revision > 0
            order by b.person_id, b.name, b.at desc, b.source, b.event_id
            """)
        .param("names", names.toArray(String[]::new))
        .param(
            "since",
            names.stream().map(name -> since(windows.get(name), now)).toArray(Timestamp[]::new))
        .param("ids", persons.toArray(UUID[]::new))
        .query(row -> {
          events
              .computeIfAbsent(row.getObject("person_id", UUID.class), _ -> new HashMap<>())
              .computeIfAbsent(row.getString("name"), _ -> new ArrayList<>())
              .add(happening(row));
        });
    return events;
  }

  private static Timestamp since(@Nullable Duration window, Instant now) {
    return window == null ? EVER : Timestamp.from(now.minus(window));
  }

  private static Happening happening(ResultSet row) throws SQLException {
    String props = row.getString("props");
    Map<String, Object> properties =
        props == null ? new HashMap<>() : EventJson.MAPPER.readValue(props, PROPERTIES);
    put(properties, "currency", row.getString("currency"));
    put(properties, "order_id", row.getString("order_key"));
    return new Happening(
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getBigDecimal("value"),
        properties);
  }

  private static void put(Map<String, Object> properties, String name, @Nullable String value) {
    if (value != null) {
      properties.put(name, value);
    }
  }
}
