package io.rebound.segmentation.segments;

import io.rebound.consumption.Partitions;
import io.rebound.segmentation.rfm.LiveScores;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Walks through all persons, each partition's by its owner, chunk by chunk: how a change that
 * concerns everybody reaches everybody without a long transaction.
 */
@Repository
class Walks {
  private static final UUID START = new UUID(0, 0);

  private final JdbcClient jdbc;
  private final Partitions partitions;
  private final LiveScores scores;

  Walks(JdbcClient jdbc, Partitions partitions, LiveScores scores) {
    this.jdbc = jdbc;
    this.partitions = partitions;
    this.scores = scores;
  }

  /** Why there is a walk. */
  enum Kind {
    /** A definition changed. */
    ALL,
    /** The edges changed: it concerns those whose scores differ. */
    SCORES,
    /** The database was restored: everything is told again. */
    PUBLISH;

    private String stored() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A walk and how far it has come. */
  record Walk(int partition, Kind kind, UUID after) {}

  /** Everybody is to be passed from now on, also by a walk of the kind that is under way. */
  void start(Kind kind) {
    jdbc.sql(
            """
            insert into walk (partition, kind, after)
            select partition, :kind, :start from unnest(:partitions::integer[]) as p(partition)
            order by partition
            on conflict (partition, kind) do update set after = excluded.after
            """)
        .param("kind", kind.stored())
        .param("start", START)
        .param("partitions", IntStream.range(0, partitions.count()).boxed().toArray(Integer[]::new))
        .update();
  }

  Optional<Walk> next(Collection<Integer> owned) {
    return jdbc.sql(
            """
            select partition, kind, after from walk
            where partition = any(:partitions::integer[]) order by kind, partition limit 1
            """)
        .param("partitions", Set.copyOf(owned).toArray(Integer[]::new))
        .query((row, _) ->
            new Walk(
                row.getInt("partition"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getObject("after", UUID.class)))
        .optional();
  }

  /** The next persons on the way. */
  List<UUID> persons(Walk walk, int limit) {
    return switch (walk.kind()) {
      case ALL, PUBLISH -> everybody(walk, limit);
      case SCORES -> scores.differing(walk.partition(), walk.after(), limit);
    };
  }

  private List<UUID> everybody(Walk walk, int limit) {
    return jdbc.sql(
            """
            select person_id from person
            where partition = :partition and person_id > :after
              and (survivor is null or :absorbed)
            order by person_id limit :limit
            """)
        .param("partition", walk.partition())
        .param("after", walk.after())
        .param("absorbed", walk.kind() == Kind.PUBLISH)
        .param("limit", limit)
        .query(UUID.class)
        .list();
  }

  /** The walk has come so far, unless it was started anew meanwhile. */
  void advance(Walk walk, UUID to) {
    jdbc.sql(
            """
            update walk set after = :to
            where partition = :partition and kind = :kind and after = :after
            """)
        .param("to", to)
        .param("partition", walk.partition())
        .param("kind", walk.kind().stored())
        .param("after", walk.after())
        .update();
  }

  /** The walk is over, unless it was started anew meanwhile. */
  void finish(Walk walk) {
    jdbc.sql(
            """
            delete from walk
            where partition = :partition and kind = :kind and after = :after
            """)
        .param("partition", walk.partition())
        .param("kind", walk.kind().stored())
        .param("after", walk.after())
        .update();
  }
}
