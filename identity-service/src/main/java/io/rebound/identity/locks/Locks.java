package io.rebound.identity.locks;

import io.rebound.events.Identifier;
import io.rebound.identity.sightings.PersonIds;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
   */
  public void hold(Held held, Map<UUID, Identifier> devices, Collection<UUID> persons) {
    held.devices().addAll(devices.keySet());
    held.persons().addAll(persons);
    if (!held.devices().isEmpty()) {
      addDevices(devices);
      lock(
          held.devices(),
          "select device_id from device where device_id = any(:ids::uuid[])"
              + " order by device_id for update");
    }
    if (!held.persons().isEmpty()) {
      addPersons(held.persons());
      lock(
          held.persons(),
          "select person_id from person where person_id = any(:ids::uuid[])"
              + " order by person_id for update");
    }
  }

  private void lock(Collection<UUID> ids, String statement) {
    List<UUID> _ = jdbc.sql(statement).param("ids", sorted(ids)).query(UUID.class).list();
  }

  private void addDevices(Map<UUID, Identifier> devices) {
    var rows = new TreeMap<UUID, Identifier>(PersonIds.ORDER);
    rows.putAll(devices);
    jdbc.sql(
            """
            insert into device (device_id, type, pseudonym)
            select * from unnest(:ids::uuid[], :types::text[], :pseudonyms::text[]) as n (id)
            where not exists (select from device d where d.device_id = n.id)
            order by id -- in whatever way the planner looks for them
            on conflict (device_id) do nothing
            """)
        .param("ids", rows.keySet().toArray(UUID[]::new))
        .param(
            "types",
            rows.values().stream().map(one -> one.type().wireName()).toArray(String[]::new))
        .param(
            "pseudonyms", rows.values().stream().map(Identifier::pseudonym).toArray(String[]::new))
        .update();
  }

  private void addPersons(Collection<UUID> persons) {
    jdbc.sql(
            """
            insert into person (person_id) select id from unnest(:ids::uuid[]) as n (id)
            where not exists (select from person p where p.person_id = n.id)
            order by id
            on conflict (person_id) do nothing
            """)
        .param("ids", sorted(persons))
        .update();
  }

  private static UUID[] sorted(Collection<UUID> ids) {
    return ids.stream().sorted(PersonIds.ORDER).toArray(UUID[]::new);
  }
}
