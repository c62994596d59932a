package io.rebound.whatsapp.triggers;

import io.rebound.events.EventKey;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The events that triggers speak of, each under the person it was last told of. */
@Repository
class RecentEvents {
  private final JdbcClient jdbc;

  RecentEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param name null if we only know so far that the event was moved
   */
  record Recent(EventKey key, UUID personId, long revision, @Nullable String name, Instant at) {
    static Recent of(IdentifiedEvent identified) {
      return new Recent(
          identified.key(),
          identified.personId(),
          identified.revision(),
          identified.event().name(),
          identified.event().at());
    }

    static Recent of(EventMoved moved) {
      return new Recent(moved.key(), moved.to(), moved.revision(), null, moved.at());
    }

    /** Both know a part: the person is the newer one's, name and time come with the event. */
    Recent and(Recent other) {
      Recent newer = other.revision > revision ? other : this;
      Recent named = name != null ? this : other;
      return new Recent(key, newer.personId, newer.revision, named.name, named.at);
    }
  }

  void keep(List<Recent> events) {
    if (events.isEmpty()) {
      return;
    }
    List<Recent> sorted =
        events.stream()
            .sorted(
                Comparator.comparing((Recent one) -> one.key().eventId())
                    .thenComparing(one -> one.key().source()))
            .toList();
    jdbc.sql(
            """
            insert into recent_event as r (source, event_id, person_id, revision, name, at)
            select * from unnest(:sources::text[], :eventIds::text[], :persons::uuid[],
              :revisions::bigint[], :names::text[], :ats::timestamptz[])
            on conflict (event_id, source) do update set
              person_id = case when excluded.revision > r.revision
                then excluded.person_id else r.person_id end,
              revision = greatest(excluded.revision, r.revision),
              name = coalesce(r.name, excluded.name),
              at = case when r.name is null then excluded.at else r.at end
            where excluded.revision > r.revision or (r.name is null and excluded.name is not null)
            """)
        .param("sources", sorted.stream().map(one -> one.key().source()).toArray(String[]::new))
        .param("eventIds", sorted.stream().map(one -> one.key().eventId()).toArray(String[]::new))
        .param("persons", sorted.stream().map(Recent::personId).toArray(UUID[]::new))
        .param("revisions", sorted.stream().map(Recent::revision).toArray(Long[]::new))
        .param("names", sorted.stream().map(Recent::name).toArray(String[]::new))
        .param(
            "ats", sorted.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
        .update();
  }

  int forgetBefore(Instant moment, int most) {
    return jdbc.sql(
            """
            delete from recent_event where (event_id, source) in (
              select event_id, source from recent_event where at < :moment order by at limit :most)
            """)
        .param("moment", Timestamp.from(moment))
        .param("most", most)
        .update();
  }
}
