package io.rebound.segmentation.segments;

import io.rebound.segmentation.rfm.Scores;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When persons were judged, by which scores, and when they are due again. */
@Repository
class JudgedPersons {
  private final JdbcClient jdbc;

  JudgedPersons(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How a person was judged.
   *
   * @param assumed the person may be profiled though they stated nothing
   * @param nextCheck until when it holds if nothing happens; null for ever
   */
  record Judged(
      UUID person,
      @Nullable Scores scores,
      boolean assumed,
      Instant at,
      @Nullable Instant nextCheck) {}

  void store(List<Judged> judged) {
    jdbc.sql(
            """
            update person p set r = j.r, f = j.f, m = j.m, assumed = j.assumed,
              judged_at = j.judged_at, next_check_at = j.next_check_at
            from unnest(:ids::uuid[], :r::smallint[], :f::smallint[], :m::smallint[],
              :assumed::boolean[], :at::timestamptz[], :next::timestamptz[])
              as j(person_id, r, f, m, assumed, judged_at, next_check_at)
            where p.person_id = j.person_id
              and p.person_id = any(:ids::uuid[]) -- by index, also before there are statistics
            """)
        .param("ids", judged.stream().map(Judged::person).toArray(UUID[]::new))
        .param("r", scores(judged, Scores::r))
        .param("f", scores(judged, Scores::f))
        .param("m", scores(judged, Scores::m))
        .param("assumed", judged.stream().map(Judged::assumed).toArray(Boolean[]::new))
        .param(
            "at", judged.stream().map(each -> Timestamp.from(each.at())).toArray(Timestamp[]::new))
        .param(
            "next",
            judged.stream()
                .map(each -> each.nextCheck() == null ? null : Timestamp.from(each.nextCheck()))
                .toArray(Timestamp[]::new))
        .update();
  }

  private static @Nullable Integer[] scores(List<Judged> judged, ToIntFunction<Scores> measure) {
    return judged.stream()
        .map(each -> each.scores() == null ? null : measure.applyAsInt(each.scores()))
        .toArray(Integer[]::new);
  }

  /** Those of these partitions whose memberships may have changed by the clock. */
  List<UUID> due(Instant now, Collection<Integer> partitions, int limit) {
    return jdbc.sql(
            """
            select person_id from person
            where partition = any(:partitions::integer[]) and next_check_at <= :now
            order by next_check_at limit :limit
            """)
        .param("partitions", Set.copyOf(partitions).toArray(Integer[]::new))
        .param("now", Timestamp.from(now))
        .param("limit", limit)
        .query(UUID.class)
        .list();
  }

  /** How many persons wait to be judged, because they are due or a walk hasn't come to them. */
  long waiting(Instant now) {
    return jdbc.sql(
            """
            select (select count(*) from person where next_check_at <= :now)
              + (select count(*) from walk w join person p
                on p.partition = w.partition and p.person_id > w.after
                where w.kind <> 'scores' or p.orders > 0)
            """)
        .param("now", Timestamp.from(now))
        .query(Long.class)
        .single();
  }
}
