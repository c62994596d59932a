package io.rebound.segmentation.people;

import io.rebound.consumption.Partitions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The persons' table: who is held, and what is known of them. */
@Repository
public class Persons {
  private final JdbcClient jdbc;
  private final Partitions partitions;
  private final TransactionTemplate savepoint;

  Persons(JdbcClient jdbc, Partitions partitions, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.partitions = partitions;
    savepoint = new TransactionTemplate(transactions);
    savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /**
   * Holds these persons and whoever they were merged into, makes rows for those nobody saw, and
   * does the work.
   */
  public <T> T holding(Collection<UUID> ids, Function<Held, T> work) {
    return holding(ids, Set.of(), work);
  }

  /**
   * Holds these persons and, of those about to turn out to be somebody, everybody who goes by the
   * same person, and does the work.
   *
   * <p>All are locked by one statement in the order of their ids, before the work writes anything,
   * so that threads whose persons overlap can't deadlock. Where somebody else turns out to be
   * concerned (the work throws {@link FurtherPersons}), everything is undone to where it began and
   * done again with them: the work must be fit for that.
   */
  public <T> T holding(Collection<UUID> ids, Set<UUID> turning, Function<Held, T> work) {
    var wanted = new TreeSet<UUID>(ids);
    wanted.addAll(closure(rows(wanted), turning));
    while (true) {
      try {
        return savepoint.execute(_ -> work.apply(hold(wanted, turning)));
      } catch (FurtherPersons e) {
        wanted.addAll(e.persons());
      }
    }
  }

  private Held hold(Set<UUID> wanted, Set<UUID> turning) {
    lock(wanted);
    // read again: somebody may have been merged between the first look and the lock
    Map<UUID, Person> rows = rows(wanted);
    Set<UUID> all = closure(rows, turning);
    if (!wanted.containsAll(all)) {
      throw new FurtherPersons(all);
    }
    return new Held(rows);
  }

  private Set<UUID> closure(Map<UUID, Person> rows, Set<UUID> turning) {
    Set<UUID> all = new HashSet<>();
    rows.values().forEach(person -> all.add(person.now()));
    if (!turning.isEmpty()) {
      Set<UUID> survivors = new HashSet<>(turning);
      turning.stream()
          .map(rows::get)
          .filter(person -> person != null)
          .forEach(person -> survivors.add(person.now()));
      jdbc.sql("select person_id from person where survivor = any(:survivors::uuid[])")
          .param("survivors", sorted(survivors))
          .query(UUID.class)
          .list()
          .forEach(all::add);
      all.addAll(survivors);
    }
    return all;
  }

  // "do update … where false" changes nothing but locks the row
  private void lock(Set<UUID> wanted) {
    UUID[] ids = sorted(wanted);
    jdbc.sql(
            """
            insert into person (person_id, partition)
            select * from unnest(:ids::uuid[], :partitions::integer[]) as p(person_id, partition)
            order by person_id
            on conflict (person_id) do update set partition = excluded.partition where false
            """)
        .param("ids", ids)
        .param(
            "partitions", Arrays.stream(ids).map(id -> partitions.of(id)).toArray(Integer[]::new))
        .update();
  }

  private Map<UUID, Person> rows(Collection<UUID> ids) {
    Map<UUID, Person> rows = new HashMap<>();
    if (ids.isEmpty()) {
      return rows;
    }
    jdbc.sql("select * from person where person_id = any(:ids::uuid[])")
        .param("ids", sorted(ids))
        .query((row, _) -> person(row))
        .list()
        .forEach(person -> rows.put(person.id(), person));
    return rows;
  }

  /** The person by that id as last committed, if anything is known of them. */
  public Optional<Person> find(UUID id) {
    return Optional.ofNullable(rows(List.of(id)).get(id));
  }

  /** The next persons after an id who stand for themselves, as last committed. */
  public List<Person> standing(UUID after, int limit) {
    return jdbc.sql(
            """
            select * from person where person_id > :after and survivor is null
            order by person_id limit :limit
            """)
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> person(row))
        .list();
  }

  private static Person person(ResultSet row) throws SQLException {
    UUID id = row.getObject("person_id", UUID.class);
    return new Person(
        id,
        new Alias(id, row.getObject("alias_of", UUID.class), row.getLong("alias_revision")),
        row.getObject("survivor", UUID.class),
        new ProfilingConsent(row.getLong("stated_revision"), row.getBoolean("stated_profiling")),
        new ProfilingConsent(row.getLong("consent_revision"), row.getBoolean("profiling")),
        row.getBoolean("assumed"),
        instant(row, "last_purchase_at"),
        row.getInt("orders"),
        row.getBigDecimal("spent"),
        instant(row, "judged_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** Persons already held, as this transaction has left them. */
  public Held again(Collection<UUID> ids) {
    return new Held(rows(ids));
  }

  static UUID[] sorted(Collection<UUID> ids) {
    return ids.stream().distinct().sorted().toArray(UUID[]::new);
  }
}
