package io.rebound.capisync.audiences;

import io.rebound.events.EventJson;
import io.rebound.events.SealedWithEvent;
import io.rebound.events.SegmentMembership;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The table of audience members. Rows are written in the order of segment and person. */
@Repository
class Members {
  private static final TypeReference<List<SealedWithEvent>> KEYS = new TypeReference<>() {};

  private final JdbcClient jdbc;

  Members(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A membership after a batch.
   *
   * @param joined whether the person belonged there at any time in the batch
   */
  record News(SegmentMembership latest, boolean joined) {}

  /**
   * A batch's transaction changes members in several statements, so its locks have no order. It
   * shares this one, and the writer to Meta, whose transactions are short, waits for it alone.
   */
  void besideOtherBatches() {
    jdbc.sql("select pg_advisory_xact_lock_shared(hashtext('audience_member'))")
        .query((_, _) -> true)
        .list();
  }

  /** No batch changes members until this transaction ends. */
  void alone() {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('audience_member'))")
        .query((_, _) -> true)
        .list();
  }

  /** The membership of the highest revision holds. */
  void follow(Collection<News> news) {
    besideOtherBatches();
    List<News> sorted =
        news.stream()
            .sorted(
                Comparator.comparing((News one) -> one.latest().segment())
                    .thenComparing(one -> one.latest().personId()))
            .toList();
    jdbc.sql(
            """
            insert into audience (segment)
            select distinct segment from unnest(:segments::text[]) as n (segment)
            on conflict (segment) do nothing
            """)
        .param(
            "segments", sorted.stream().map(one -> one.latest().segment()).toArray(String[]::new))
        .update();
    jdbc.sql(
            """
            insert into audience_member as m
              (segment, person_id, member, revision, there, due_at)
            select segment, person_id, member, revision, joined, case when joined then now() end
            from unnest(:segments::text[], :persons::uuid[], :members::boolean[],
                        :revisions::bigint[], :joined::boolean[])
              as n (segment, person_id, member, revision, joined)
            on conflict (segment, person_id) do update set
              member = excluded.member,
              revision = excluded.revision,
              there = m.there or excluded.there,
              version = m.version + 1,
              due_at = case when m.there or excluded.there then now() end
            where excluded.revision > m.revision
            """)
        .param(
            "segments", sorted.stream().map(one -> one.latest().segment()).toArray(String[]::new))
        .param("persons", sorted.stream().map(one -> one.latest().personId()).toArray(UUID[]::new))
        .param("members", sorted.stream().map(one -> belongs(one.latest())).toArray(Boolean[]::new))
        .param(
            "revisions", sorted.stream().map(one -> one.latest().revision()).toArray(Long[]::new))
        .param("joined", sorted.stream().map(News::joined).toArray(Boolean[]::new))
        .update();
  }

  static boolean belongs(SegmentMembership membership) {
    return membership.member() && membership.audience();
  }

  /** Something about these persons changed that may change what Meta is to hold. */
  void mark(Collection<UUID> persons) {
    besideOtherBatches();
    jdbc.sql(
            """
            with locked as materialized (
              select person_id from audience_member
              where person_id = any(array(
                  select survivor from persons_now(:persons::uuid[])
                  union select unnest(:persons::uuid[])))
                and (member or there)
              order by segment, person_id for update)
            update audience_member set version = version + 1, due_at = now()
            where person_id = any(array(select person_id from locked)) and (member or there)
            """)
        .param("persons", persons.toArray(UUID[]::new))
        .update();
  }

  /**
   * A member whose state at Meta may have to change.
   *
   * @param sentKeys what Meta was told; null if we know of nothing
   * @param telling whether Meta may not hold that: of an addition or a removal nobody knows the
   *     answer
   */
  record Due(
      UUID person,
      boolean member,
      boolean there,
      @Nullable List<SealedWithEvent> sentKeys,
      boolean telling,
      long version) {}

  List<Due> due(String segment, int most) {
    return jdbc.sql(
            """
            select * from audience_member
            where segment = :segment and due_at <= now()
            order by due_at limit :most
            """)
        .param("segment", segment)
        .param("most", most)
        .query((row, _) ->
            new Due(
                row.getObject("person_id", UUID.class),
                row.getBoolean("member"),
                row.getBoolean("there"),
                keys(row.getString("sent_keys")),
                row.getBoolean("telling"),
                row.getLong("version")))
        .list();
  }

  private static @Nullable List<SealedWithEvent> keys(@Nullable String json) {
    return json == null ? null : EventJson.MAPPER.readValue(json, KEYS);
  }

  /**
   * Says, before Meta is told, that these may be gone there, and the others with them. Until they
   * are {@link #removed} nobody knows, so whoever belongs there meanwhile is told again.
   */
  void removing(String segment, Collection<UUID> persons, Collection<UUID> others) {
    jdbc.sql(
            """
            update audience_member set telling = true
            where segment = :segment and person_id = any(:persons::uuid[])
              and sent_keys is not null
            """)
        .param("segment", segment)
        .param("persons", persons.toArray(UUID[]::new))
        .update();
    mayHaveGone(segment, others);
  }

  /** These are no longer there. The others may have gone with them, and are due. */
  void removed(String segment, Collection<UUID> persons, Collection<UUID> others) {
    jdbc.sql(
            """
            update audience_member set there = false, sent_keys = null, telling = false
            where segment = :segment and person_id = any(:persons::uuid[])
            """)
        .param("segment", segment)
        .param("persons", persons.toArray(UUID[]::new))
        .update();
    mayHaveGone(segment, others);
  }

  private void mayHaveGone(String segment, Collection<UUID> others) {
    if (!others.isEmpty()) {
      jdbc.sql(
              """
              update audience_member set telling = true, version = version + 1, due_at = now()
              where segment = :segment and person_id = any(:persons::uuid[])
                and member and sent_keys is not null
              """)
          .param("segment", segment)
          .param("persons", others.toArray(UUID[]::new))
          .update();
    }
  }

  /** Says, before Meta is told, what Meta will be told; until it is {@link #settled}, again. */
  void adding(String segment, Map<UUID, List<SealedWithEvent>> keys) {
    jdbc.sql(
            """
            update audience_member
            set there = true, telling = true,
              sent_keys = (select :keys::jsonb) ->> person_id::text
            where segment = :segment and person_id = any(:persons::uuid[])
            """)
        .param("segment", segment)
        .param("persons", keys.keySet().toArray(UUID[]::new))
        .param(
            "keys", byPerson(keys.entrySet(), Map.Entry::getKey, entry -> json(entry.getValue())))
        .update();
  }

  private static String json(List<SealedWithEvent> keys) {
    return EventJson.MAPPER.writeValueAsString(keys);
  }

  /**
   * A value for each person, as one JSON object that the statement looks up by person. A join with
   * unnested arrays is planned for ten rows whatever comes; on a young table, which has no
   * statistics yet, it compares all with all.
   */
  private static <T> String byPerson(
      Collection<T> rows, Function<T, UUID> person, Function<T, Object> value) {
    return EventJson.MAPPER.writeValueAsString(
        rows.stream().collect(Collectors.toMap(person, value)));
  }

  /**
   * Done with these, unless something has changed since they were read: then Meta is told again
   * what it may know already.
   */
  void settled(String segment, Collection<Due> done) {
    jdbc.sql(
            """
            update audience_member set due_at = null, telling = false
            where segment = :segment and person_id = any(:persons::uuid[])
              and version = ((select :versions::jsonb) ->> person_id::text)::bigint
            """)
        .param("segment", segment)
        .param("persons", done.stream().map(Due::person).toArray(UUID[]::new))
        .param("versions", byPerson(done, Due::person, Due::version))
        .update();
  }

  /** These are looked at again in a minute. After {@link #settled}. */
  void lookAgain(String segment, Collection<Due> waiting) {
    if (!waiting.isEmpty()) {
      jdbc.sql(
              """
              update audience_member set due_at = now() + interval '1 minute'
              where segment = :segment and person_id = any(:persons::uuid[]) and due_at is null
              """)
          .param("segment", segment)
          .param("persons", waiting.stream().map(Due::person).toArray(UUID[]::new))
          .update();
    }
  }

  long pending() {
    return jdbc.sql("select count(*) from audience_member where due_at is not null")
        .query(Long.class)
        .single();
  }
}
