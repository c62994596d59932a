package io.rebound.capisync.disclosures;

import io.rebound.problems.PageRequest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What of one person went to Meta, from the requests that were noted. */
@Repository
class PersonDisclosures {
  private final JdbcClient jdbc;

  PersonDisclosures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Newest first, of the person and of everybody who turned out to be the same. */
  List<Disclosure> of(UUID person, PageRequest page) {
    return jdbc.sql(
            """
            with recursive same(person_id) as (
              select survivor from persons_now(array[:person::uuid])
              union
              select p.person_id from same s join person p on p.alias_of = s.person_id
            )
            select b.id, b.sent_at, null as segment, null as audience_id, null as change, b.outcome,
                   b.fbtrace_id, array_agg(c.event_id order by c.event_id) as event_ids
            from conversion c
            cross join lateral unnest(c.batches) as held (batch_id)
            join conversion_batch b on b.id = held.batch_id
            where c.person_id in (select person_id from same) and held.batch_id < :before
            group by b.id
            union all
            select b.id, b.sent_at, b.segment, b.audience_id, b.change, b.outcome, null, null
            from audience_batch_person p
            join audience_batch b on b.id = p.batch_id
            where p.person_id in (select person_id from same) and p.batch_id < :before
            group by b.id
            order by id desc limit :limit
            """)
        .param("person", person)
        .param("before", page.after() == null ? Long.MAX_VALUE : page.afterNumber())
        .param("limit", page.oneMore())
        .query((row, _) -> disclosure(row))
        .list();
  }

  private static Disclosure disclosure(ResultSet row) throws SQLException {
    long number = row.getLong("id");
    @Nullable Array events = row.getArray("event_ids");
    return new Disclosure(
        number,
        row.getTimestamp("sent_at").toInstant(),
        events == null ? "custom_audience" : "conversions_api",
        events == null ? null : List.of((String[]) events.getArray()),
        row.getString("segment"),
        row.getString("audience_id"),
        row.getString("change"),
        row.getString("outcome"),
        row.getString("fbtrace_id"),
        (events == null ? Disclosures.MEMBERS : Disclosures.EVENTS) + ":" + number);
  }
}
