package io.rebound.identity.locks;

import io.rebound.events.Identifier;
import io.rebound.identity.sightings.PersonIds;
import io.rebound.identity.sql.UuidArray;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Locks rows in one order: devices, then persons, each in the order of their ids, and all of them
 * before anything else is written. Threads whose rows overlap can therefore not wait for each other
 * in a circle. Where more rows turn out to be concerned, everything is undone to where the work
 * began, which lets go of its locks, and done again with them.
 */
@Component
public class Locks {
  private static final int MOST_ATTEMPTS = 100;

  private final JdbcClient jdbc;
  private final TransactionTemplate savepoint;

  Locks(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    savepoint = new TransactionTemplate(transactions);
    savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /**
   * Does the work, which calls {@link #hold} once before it writes. It may be done several times,
   * so what it does outside of the database comes after.
   */
  public <T> T holding(Function<Held, T> work) {
    var held = new Held();
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        return savepoint.execute(_ -> work.apply(held));
      } catch (FurtherRows further) {
        held.add(further);
      }
    }
    // no fault of the records: the consumer tries the batch again later
    throw new CannotAcquireLockException("The rows to be locked change all the time");
  }

  /**
   * Holds these, and what an earlier attempt found missing. Devices and persons that had no row
   * have one from now on.
   *
   * @return the devices among them that may not link any more
   */
  public Set<UUID> hold(Held held, Map<UUID, Identifier> devices, Collection<UUID> persons) {
    held.devices().addAll(devices.keySet());
    held.persons().addAll(persons);
    Set<UUID> blocked = new HashSet<>();
    if (!held.devices().isEmpty()) {
      var missing = new TreeMap<UUID, Identifier>(PersonIds.ORDER);
      missing.putAll(devices);
      jdbc.sql(
              """
              select device_id, blocked from device where device_id = any(:ids::uuid[])
              order by device_id for update
              """)
          .param("ids", sorted(held.devices()))
          .query(row -> {
            UUID device = row.getObject("device_id", UUID.class);
            missing.remove(device);
            if (row.getBoolean("blocked")) {
              blocked.add(device);
            }
          });
      addDevices(missing);
    }
    if (!held.persons().isEmpty()) {
      var missing = new TreeSet<UUID>(PersonIds.ORDER);
      missing.addAll(held.persons());
      missing.removeAll(
          jdbc.sql(
                  """
                  select person_id from person where person_id = any(:ids::uuid[])
                  order by person_id for update
                  """)
              .param("ids", sorted(held.persons()))
              .query(UUID.class)
              .set());
      addPersons(missing);
    }
    return blocked;
  }

  // Rows that aren't there are added in the same order. If another thread has just done so, its row
  // isn't held by this one, and to lock it now would be out of order: the work begins anew.
  private static void requireAll(int missing, int added) {
    if (added < missing) {
      throw new FurtherRows(List.of(), List.of());
    }
  }

  private void addDevices(SortedMap<UUID, Identifier> rows) {
    if (rows.isEmpty()) {
      return;
    }
    int added =
        jdbc.sql(
                """
                insert into device (device_id, type, pseudonym)
                select * from unnest(:ids::uuid[], :types::text[], :pseudonyms::text[])
                on conflict (device_id) do nothing
                """)
            .param("ids", UuidArray.of(rows.keySet()))
            .param(
                "types",
                rows.values().stream().map(one -> one.type().wireName()).toArray(String[]::new))
            .param(
                "pseudonyms",
                rows.values().stream().map(Identifier::pseudonym).toArray(String[]::new))
            .update();
    requireAll(rows.size(), added);
  }

  private void addPersons(SortedSet<UUID> missing) {
    if (missing.isEmpty()) {
      return;
    }
    int added =
        jdbc.sql(
                """
                insert into person (person_id) select unnest(:ids::uuid[])
                on conflict (person_id) do nothing
                """)
            .param("ids", UuidArray.of(missing))
            .update();
    requireAll(missing.size(), added);
  }

  private static UuidArray sorted(Collection<UUID> ids) {
    return UuidArray.of(ids.stream().sorted(PersonIds.ORDER).toList());
  }
}
