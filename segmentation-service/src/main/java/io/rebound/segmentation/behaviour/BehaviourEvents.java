package io.rebound.segmentation.behaviour;

import io.rebound.events.EventKey;
import io.rebound.events.TrackedEvent;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The table of what persons did. */
@Repository
class BehaviourEvents {
  private final JdbcClient jdbc;

  BehaviourEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whose an event is, as far as this table knows. */
  record Holder(UUID person, long revision, @Nullable String name) {}

  // "offset 0" keeps the look-up a look-up by index: on a young table without statistics the
  // planner
  // would read all of it for every batch
  /** The events among these that came before, with their holders. */
  Map<EventKey, Holder> holders(Collection<EventKey> keys) {
    Map<EventKey, Holder> holders = new HashMap<>();
    jdbc.sql(
            """
            select b.source, b.event_id, b.person_id, b.revision, b.name
            from unnest(:sources::text[], :ids::text[]) as k(source, event_id)
            cross join lateral (
              select * from behaviour_event b
              where b.source = k.source and b.event_id = k.event_id
              offset 0
            ) b
            """)
        .param("sources", keys.stream().map(EventKey::source).toArray(String[]::new))
        .param("ids", keys.stream().map(EventKey::eventId).toArray(String[]::new))
        .query(row -> {
          holders.put(
              new EventKey(row.getString(1), row.getString(2)),
              new Holder(row.getObject(3, UUID.class), row.getLong(4), row.getString(5)));
        });
    return holders;
  }

  /**
   * Stores those facts whose events never came before.
   *
   * @return their keys; the others are left to {@link #update}
   */
  Set<EventKey> insert(List<Fact> facts) {
    Set<EventKey> inserted = new HashSet<>();
    bind(
            jdbc.sql(
                """
                insert into behaviour_event (source, event_id, person_id, told, revision, name,
                  at, value, currency, order_key, props, profiling)
                select * from unnest(:sources::text[], :ids::text[], :persons::uuid[], :told::uuid[],
                  :revisions::bigint[], :names::text[], :ats::timestamptz[], :values::numeric[],
                  :currencies::text[], :orders::text[], :props::jsonb[], :profiling::boolean[])
                on conflict (source, event_id) do nothing
                returning source, event_id
                """),
            sorted(facts))
        .query(row -> {
          inserted.add(new EventKey(row.getString(1), row.getString(2)));
        });
    return inserted;
  }

  /** Each of these facts counts once, for the person of the highest revision ever told. */
  void update(List<Fact> facts) {
    bind(
            jdbc.sql(
                """
                insert into behaviour_event as b (source, event_id, person_id, told, revision, name,
                  at, value, currency, order_key, props, profiling)
                select * from unnest(:sources::text[], :ids::text[], :persons::uuid[], :told::uuid[],
                  :revisions::bigint[], :names::text[], :ats::timestamptz[], :values::numeric[],
                  :currencies::text[], :orders::text[], :props::jsonb[], :profiling::boolean[])
                on conflict (source, event_id) do update set
                  person_id = case when excluded.revision > b.revision
                    then excluded.person_id else b.person_id end,
                  told = case when excluded.revision > b.revision
                    then excluded.told else b.told end,
                  revision = greatest(excluded.revision, b.revision),
                  name = coalesce(b.name, excluded.name),
                  at = coalesce(b.at, excluded.at),
                  value = case when b.name is null then excluded.value else b.value end,
                  currency = case when b.name is null then excluded.currency else b.currency end,
                  order_key = coalesce(b.order_key, excluded.order_key),
                  props = case when b.name is null then excluded.props else b.props end,
                  profiling = b.profiling and excluded.profiling
                where excluded.revision > b.revision
                  or b.name is null and excluded.name is not null
                  or b.profiling and not excluded.profiling
                """),
            sorted(facts))
        .update();
  }

  private static List<Fact> sorted(List<Fact> facts) {
    return facts.stream()
        .sorted(
            Comparator.comparing((Fact fact) -> fact.key().source())
                .thenComparing(fact -> fact.key().eventId()))
        .toList();
  }

  private static StatementSpec bind(StatementSpec statement, List<Fact> rows) {
    return statement
        .param("sources", strings(rows, fact -> fact.key().source()))
        .param("ids", strings(rows, fact -> fact.key().eventId()))
        .param("persons", rows.stream().map(Fact::person).toArray(UUID[]::new))
        .param(
            "told",
            rows.stream()
                .map(fact -> fact.told().equals(fact.person()) ? null : fact.told())
                .toArray(UUID[]::new))
        .param("revisions", rows.stream().map(Fact::revision).toArray(Long[]::new))
        .param("names", ofEvent(rows, TrackedEvent::name))
        .param(
            "ats",
            rows.stream()
                .map(fact -> fact.event() == null ? null : Timestamp.from(fact.event().at()))
                .toArray(Timestamp[]::new))
        .param(
            "values",
            rows.stream()
                .map(
                    fact -> fact.event() == null ? null : EventValues.number(fact.event(), "value"))
                .toArray(BigDecimal[]::new))
        .param("currencies", ofEvent(rows, event -> EventValues.text(event, "currency")))
        .param("orders", ofEvent(rows, EventValues::order))
        .param("props", ofEvent(rows, EventValues::properties))
        .param("profiling", rows.stream().map(Fact::profiling).toArray(Boolean[]::new));
  }

  private static String[] strings(List<Fact> facts, Function<Fact, String> property) {
    return facts.stream().map(property).toArray(String[]::new);
  }

  private static String[] ofEvent(
      List<Fact> facts, Function<TrackedEvent, @Nullable String> property) {
    return facts.stream()
        .map(fact -> fact.event() == null ? null : property.apply(fact.event()))
        .toArray(String[]::new);
  }
}
