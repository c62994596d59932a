package io.rebound.segmentation.segments;

import io.rebound.problems.PageRequest;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was last published of persons and segments. */
@Repository
class Memberships {
  private final JdbcClient jdbc;

  Memberships(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A member, as the API shows them. */
  record Member(UUID personId, Instant since) {}

  /** By person and segment; only of persons who are held. */
  Map<UUID, Map<String, Membership>> of(Collection<UUID> persons) {
    Map<UUID, Map<String, Membership>> memberships = new HashMap<>();
    jdbc.sql("select * from membership where person_id = any(:ids::uuid[])")
        .param("ids", persons.toArray(UUID[]::new))
        .query(row -> {
          var membership =
              new Membership(
                  row.getObject("person_id", UUID.class),
                  row.getString("segment"),
                  row.getBoolean("audience"),
                  row.getBoolean("member"),
                  row.getLong("revision"),
                  row.getObject("since", OffsetDateTime.class).toInstant());
          memberships
              .computeIfAbsent(membership.personId(), _ -> new HashMap<>())
              .put(membership.segment(), membership);
        });
    return memberships;
  }

  void store(List<Membership> changed) {
    if (changed.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into membership (person_id, segment, audience, member, revision, since)
            select * from unnest(:persons::uuid[], :segments::text[], :audiences::boolean[],
              :members::boolean[], :revisions::bigint[], :since::timestamptz[])
            on conflict (person_id, segment) do update set
              audience = excluded.audience, member = excluded.member,
              revision = excluded.revision, since = excluded.since
            """)
        .param("persons", changed.stream().map(Membership::personId).toArray(UUID[]::new))
        .param("segments", changed.stream().map(Membership::segment).toArray(String[]::new))
        .param("audiences", changed.stream().map(Membership::audience).toArray(Boolean[]::new))
        .param("members", changed.stream().map(Membership::member).toArray(Boolean[]::new))
        .param("revisions", changed.stream().map(Membership::revision).toArray(Long[]::new))
        .param(
            "since",
            changed.stream()
                .map(membership -> Timestamp.from(membership.since()))
                .toArray(Timestamp[]::new))
        .update();
  }

  /** The members in the order of their ids, one more than asked for. */
  List<Member> members(String segment, PageRequest page, @Nullable UUID after) {
    return jdbc.sql(
            """
            select person_id, since from membership
            where segment = :segment and member
              and (:after::uuid is null or person_id > :after::uuid)
            order by person_id limit :limit
            """)
        .param("segment", segment)
        .param("after", after)
        .param("limit", page.oneMore())
        .query((row, _) ->
            new Member(
                row.getObject("person_id", UUID.class),
                row.getObject("since", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** How many members each of these segments has; those with none are left out. */
  Map<String, Long> counts(Collection<String> segments) {
    Map<String, Long> counts = new HashMap<>();
    jdbc.sql(
            """
            select segment, count(*) from membership
            where member and segment = any(:segments::text[]) group by segment
            """)
        .param("segments", segments.toArray(String[]::new))
        .query(row -> {
          counts.put(row.getString(1), row.getLong(2));
        });
    return counts;
  }

  /** The segments a person is in, by name. */
  List<String> segmentsOf(UUID person) {
    return jdbc.sql(
            """
            select m.segment from membership m join segment s on s.name = m.segment
            where m.person_id = :person and m.member order by m.segment
            """)
        .param("person", person)
        .query(String.class)
        .list();
  }
}
