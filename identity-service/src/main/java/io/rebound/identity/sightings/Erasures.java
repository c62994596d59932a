package io.rebound.identity.sightings;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.rebound.events.Identifier;
import io.rebound.identity.sql.UuidArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which identifiers were erased, and the lock between erasures and whoever writes about persons: a
 * writer that has asked who is erased must be done before the next erasure looks.
 */
@Repository
public class Erasures {
  private static final long LOCK = 7_236_190_045L; // any number that nobody else here locks by

  private final JdbcClient jdbc;

  Erasures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Erased(UUID firstId, Instant at) {
    static Erased of(ResultSet row) throws SQLException {
      return new Erased(
          row.getObject("first_id", UUID.class), row.getTimestamp("erased_at").toInstant());
    }
  }

  /** No erasure begins until the transaction ends. Taken before any other lock. */
  public void keepOut() {
    jdbc.sql("select pg_advisory_xact_lock_shared(:lock)").param("lock", LOCK).query(row -> {});
  }

  /** Nobody writes about persons until the transaction ends. Taken before any other lock. */
  public void begin() {
    jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", LOCK).query(row -> {});
  }

  /** Whom these identifiers stand for now. */
  public Generations generations(Collection<Identifier> identifiers) {
    Map<Identifier, UUID> firstIds = Generations.first(identifiers).firstIds();
    var last = new HashMap<UUID, Instant>();
    jdbc.sql(
            """
            select first_id, max(erased_at) as erased_at from erased_identifier
            where first_id = any(:ids::uuid[]) group by first_id
            """)
        .param("ids", UuidArray.of(firstIds.values()))
        .query((row, _) -> Erased.of(row))
        .list()
        .forEach(erased -> last.put(erased.firstId(), erased.at()));
    return new Generations(firstIds, last);
  }

  /**
   * Every id that these identifiers have had on their own before a moment: what is known of them
   * can be kept under the one from before its erasure where a database was restored.
   */
  public List<UUID> ids(Collection<Identifier> identifiers, Instant before) {
    Map<UUID, List<Instant>> erased =
        jdbc
            .sql(
                """
                select first_id, erased_at from erased_identifier
                where first_id = any(:ids::uuid[]) and erased_at < :before
                """)
            .param("ids", firstIds(identifiers))
            .param("before", Timestamp.from(before))
            .query((row, _) -> Erased.of(row))
            .stream()
            .collect(groupingBy(Erased::firstId, mapping(Erased::at, toList())));
    var ids = new ArrayList<UUID>();
    for (Identifier identifier : identifiers) {
      UUID first = PersonIds.of(identifier);
      ids.add(first);
      erased
          .getOrDefault(first, List.of())
          .forEach(at -> ids.add(PersonIds.of(identifier, Generations.of(at))));
    }
    return ids;
  }

  /** What happened with these until then is refused from now on; what is later is somebody new. */
  public void suppress(Collection<Identifier> identifiers, Instant at) {
    jdbc.sql(
            """
            insert into erased_identifier (first_id, erased_at)
            select id, :at from unnest(:ids::uuid[]) as n (id) order by id
            on conflict (first_id, erased_at) do nothing
            """)
        .param("ids", firstIds(identifiers))
        .param("at", Timestamp.from(at))
        .update();
  }

  private static UuidArray firstIds(Collection<Identifier> identifiers) {
    return UuidArray.of(identifiers.stream().map(PersonIds::of).distinct().toList());
  }
}
