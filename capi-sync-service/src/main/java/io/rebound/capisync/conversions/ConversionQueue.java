package io.rebound.capisync.conversions;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.rebound.capisync.people.PersonNow;
import io.rebound.events.Consents;
import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of conversions: a queue, and what became of each. */
@Repository
class ConversionQueue {
  private final JdbcClient jdbc;

  ConversionQueue(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Each event once; of one that is known and still waits, the newer person counts. */
  void add(List<Conversion> conversions) {
    List<Conversion> sorted =
        conversions.stream()
            .sorted(
                Comparator.comparing((Conversion one) -> one.event().event().eventId())
                    .thenComparing(one -> one.event().event().source()))
            .toList();
    jdbc.sql(
            """
            insert into conversion as c
              (source, event_id, person_id, person_revision, event_name, state, reason,
               received_at, expires_at, event, due_at)
            select *, received_at
            from unnest(:sources::text[], :eventIds::text[], :persons::uuid[], :revisions::bigint[],
                        :names::text[], :states::text[], :reasons::text[],
                        :receivedAts::timestamptz[], :expiresAts::timestamptz[], :events::text[])
              as n (source, event_id, person_id, person_revision, event_name, state, reason,
                    received_at, expires_at, event)
            on conflict (event_id, source) do update set
              person_id = excluded.person_id, person_revision = excluded.person_revision
            where c.state = 'queued' and excluded.person_revision > c.person_revision
            """)
        .param("sources", texts(sorted, one -> one.event().event().source()))
        .param("eventIds", texts(sorted, one -> one.event().event().eventId()))
        .param("persons", sorted.stream().map(one -> one.event().personId()).toArray(UUID[]::new))
        .param("revisions", sorted.stream().map(one -> one.event().revision()).toArray(Long[]::new))
        .param("names", texts(sorted, one -> one.event().event().name()))
        .param("states", texts(sorted, one -> one.state().wireName()))
        .param("reasons", texts(sorted, one -> one.state().reason()))
        .param(
            "receivedAts",
            sorted.stream()
                .map(one -> Timestamp.from(one.event().event().receivedAt()))
                .toArray(Timestamp[]::new))
        .param(
            "expiresAts",
            sorted.stream().map(one -> Timestamp.from(one.expiresAt())).toArray(Timestamp[]::new))
        .param("events", sorted.stream().map(ConversionQueue::json).toArray(String[]::new))
        .update();
  }

  private static String[] texts(
      List<Conversion> conversions, Function<Conversion, @Nullable String> text) {
    return conversions.stream().map(text).toArray(String[]::new);
  }

  private static @Nullable String json(Conversion conversion) {
    return conversion.state() == ConversionState.QUEUED
        ? EventJson.MAPPER.writeValueAsString(conversion.event())
        : null;
  }

  /** Events that still wait go with their new person. */
  void move(List<EventMoved> moves) {
    jdbc.sql(
            """
            update conversion c set person_id = n.person_id, person_revision = n.revision
            from unnest(:sources::text[], :eventIds::text[], :persons::uuid[], :revisions::bigint[])
              as n (source, event_id, person_id, revision)
            where c.source = n.source and c.event_id = n.event_id
              and c.event_id = any(:eventIds::text[])
              and c.state = 'queued' and n.revision > c.person_revision
            """)
        .param("sources", moves.stream().map(EventMoved::source).toArray(String[]::new))
        .param("eventIds", moves.stream().map(EventMoved::eventId).toArray(String[]::new))
        .param("persons", moves.stream().map(EventMoved::to).toArray(UUID[]::new))
        .param("revisions", moves.stream().map(EventMoved::revision).toArray(Long[]::new))
        .update();
  }

  /**
   * An event that a sender has to itself for a while.
   *
   * @param person whose it is now, before merges
   * @param requests how many have held it already, in vain; not more than are kept
   */
  record Claimed(
      EventKey key, UUID person, int requests, Instant expiresAt, IdentifiedEvent event) {
    Consents consents() {
      return person.equals(event.personId())
          ? event.consents()
          : PersonNow.ofAnother(event.consents());
    }
  }

  /** Takes what is due, oldest first; what another sender has is passed over. */
  List<Claimed> claim(String claim, int most, Duration lease, Instant now) {
    return jdbc.sql(
            """
            update conversion c
            set claim = :claim, claimed_until = :until
            where (event_id, source) in (
              select event_id, source from conversion
              where state = 'queued' and due_at <= :now
                and (claimed_until is null or claimed_until < :now)
              order by due_at limit :most
              for update skip locked)
            returning source, event_id, person_id, cardinality(batches) as requests, expires_at,
              event
            """)
        .param("claim", claim)
        .param("until", Timestamp.from(now.plus(lease)))
        .param("now", Timestamp.from(now))
        .param("most", most)
        .query((row, _) ->
            new Claimed(
                new EventKey(row.getString("source"), row.getString("event_id")),
                row.getObject("person_id", UUID.class),
                row.getInt("requests"),
                row.getTimestamp("expires_at").toInstant(),
                EventJson.MAPPER.readValue(row.getString("event"), IdentifiedEvent.class)))
        .list();
  }

  /** Keeps the claim for longer; false if it was lost to somebody else. */
  boolean extend(String claim, Collection<EventKey> keys, Instant until) {
    int kept =
        bySource(keys).entrySet().stream()
            .mapToInt(entry ->
                jdbc.sql(
                        """
                        update conversion set claimed_until = :until
                        where event_id = any(:eventIds::text[]) and source = :source
                          and claim = :claim and state = 'queued'
                        """)
                    .param("until", Timestamp.from(until))
                    .param("eventIds", entry.getValue())
                    .param("source", entry.getKey())
                    .param("claim", claim)
                    .update())
            .sum();
    return kept == keys.size();
  }

  /**
   * Keys as statements look them up: an array of event ids for each source, of which there are few.
   * A join with an unnested array is estimated at ten rows whatever comes, and goes quadratic.
   */
  private static Map<String, String[]> bySource(Collection<EventKey> keys) {
    return keys.stream()
        .collect(
            groupingBy(
                EventKey::source,
                collectingAndThen(
                    mapping(EventKey::eventId, toList()), ids -> ids.toArray(String[]::new))));
  }

  /** Settles events for good: their personal data goes. */
  void settle(
      String claim,
      Collection<EventKey> keys,
      ConversionState state,
      @Nullable String reason,
      @Nullable Long batch,
      Instant at) {
    bySource(keys)
        .forEach((source, eventIds) ->
            jdbc.sql(
                    """
                    update conversion set
                      state = :state, reason = :reason, event = null, claim = null,
                      claimed_until = null, settled_at = :at,
                      batches = case when :batch::bigint is null then batches
                                     else batches || :batch::bigint end
                    where event_id = any(:eventIds::text[]) and source = :source
                      and claim = :claim and state = 'queued'
                    """)
                .param("state", state.wireName())
                .param("reason", reason)
                .param("batch", batch)
                .param("at", Timestamp.from(at))
                .param("eventIds", eventIds)
                .param("source", source)
                .param("claim", claim)
                .update());
  }

  /**
   * Meta has these; their personal data goes.
   *
   * @param matchKeys the names of the keys that Meta got with each, separated by commas
   */
  void delivered(String claim, Map<EventKey, String> matchKeys, long batch, Instant at) {
    bySource(matchKeys.keySet())
        .forEach((source, eventIds) -> {
          Map<String, String> byId = new HashMap<>();
          for (String eventId : eventIds) {
            byId.put(eventId, matchKeys.getOrDefault(new EventKey(source, eventId), ""));
          }
          jdbc.sql(
                  """
                  update conversion set
                    state = 'delivered', reason = null, event = null, claim = null,
                    claimed_until = null, settled_at = :at, batches = batches || :batch::bigint,
                    match_keys = (select :matchKeys::jsonb) ->> event_id
                  where event_id = any(:eventIds::text[]) and source = :source
                    and claim = :claim and state = 'queued'
                  """)
              .param("at", Timestamp.from(at))
              .param("batch", batch)
              .param("matchKeys", EventJson.MAPPER.writeValueAsString(byId))
              .param("eventIds", eventIds)
              .param("source", source)
              .param("claim", claim)
              .update();
        });
  }

  /**
   * Settles events whose person doesn't allow ads. One that has gone to another person since it was
   * claimed is given back: that person decides.
   */
  void withhold(String claim, Collection<Claimed> claimed, Instant at) {
    jdbc.sql(
            """
            update conversion c set
              state = case when c.person_id = n.person_id then 'withheld' else c.state end,
              reason = case when c.person_id = n.person_id then :reason else c.reason end,
              event = case when c.person_id = n.person_id then null else c.event end,
              settled_at = case when c.person_id = n.person_id then :at::timestamptz end,
              claim = null, claimed_until = null
            from unnest(:sources::text[], :eventIds::text[], :persons::uuid[])
              as n (source, event_id, person_id)
            where c.source = n.source and c.event_id = n.event_id
              and c.event_id = any(:eventIds::text[]) and c.claim = :claim and c.state = 'queued'
            """)
        .param("reason", ConversionState.WITHHELD.reason())
        .param("at", Timestamp.from(at))
        .param("claim", claim)
        .param("sources", claimed.stream().map(one -> one.key().source()).toArray(String[]::new))
        .param("eventIds", claimed.stream().map(one -> one.key().eventId()).toArray(String[]::new))
        .param("persons", claimed.stream().map(Claimed::person).toArray(UUID[]::new))
        .update();
  }

  /**
   * Gives events back, to be tried again at that time.
   *
   * @param batch the request that held them; null if none went out
   */
  void giveBack(
      String claim, Collection<EventKey> keys, String reason, @Nullable Long batch, Instant dueAt) {
    bySource(keys)
        .forEach((source, eventIds) ->
            jdbc.sql(
                    """
                    update conversion set
                      reason = :reason, claim = null, claimed_until = null, due_at = :dueAt,
                      batches = case when :batch::bigint is null then batches
                        else (batches || :batch::bigint)[greatest(1, cardinality(batches) - 18):] end
                    where event_id = any(:eventIds::text[]) and source = :source
                      and claim = :claim and state = 'queued'
                    """)
                .param("reason", reason)
                .param("batch", batch)
                .param("dueAt", Timestamp.from(dueAt))
                .param("eventIds", eventIds)
                .param("source", source)
                .param("claim", claim)
                .update());
  }

  long queued() {
    return jdbc.sql("select count(*) from conversion where state = 'queued'")
        .query(Long.class)
        .single();
  }

  /** Forgets settled events that came before that moment, some at a time. */
  int forgetBefore(Instant moment, int most) {
    return jdbc.sql(
            """
            delete from conversion where (event_id, source) in (
              select event_id, source from conversion
              where received_at < :moment and state <> 'queued' limit :most)
            """)
        .param("moment", Timestamp.from(moment))
        .param("most", most)
        .update();
  }

  /** Forgets requests sent before that moment, some at a time. */
  int forgetBatchesBefore(Instant moment, int most) {
    return jdbc.sql(
            """
            delete from conversion_batch where id in (
              select id from conversion_batch where sent_at < :moment order by id limit :most)
            """)
        .param("moment", Timestamp.from(moment))
        .param("most", most)
        .update();
  }

  /** Their events are known no more, and those that wait won't be sent. */
  int forget(Collection<EventKey> keys) {
    return bySource(keys).entrySet().stream()
        .mapToInt(entry ->
            jdbc.sql(
                    """
                    delete from conversion
                    where event_id = any(:eventIds::text[]) and source = :source
                    """)
                .param("eventIds", entry.getValue())
                .param("source", entry.getKey())
                .update())
        .sum();
  }
}
