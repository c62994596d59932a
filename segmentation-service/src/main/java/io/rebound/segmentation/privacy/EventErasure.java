package io.rebound.segmentation.privacy;

import io.rebound.events.EventKey;
import io.rebound.segmentation.people.Persons;
import io.rebound.segmentation.rfm.Customers;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Takes single events away from persons who stay, and has these summed up and judged anew. */
@Repository
public class EventErasure {
  private final JdbcClient jdbc;
  private final Persons persons;
  private final Customers customers;

  EventErasure(JdbcClient jdbc, Persons persons, Customers customers) {
    this.jdbc = jdbc;
    this.persons = persons;
    this.customers = customers;
  }

  /** These events turned out to be an erased person's. In the caller's transaction. */
  public void forget(Collection<EventKey> events) {
    without(
        jdbc.sql(
                """
                delete from behaviour_event b
                using unnest(:sources::text[], :ids::text[]) as k (source, event_id)
                where b.source = k.source and b.event_id = k.event_id
                returning person_id
                """)
            .param("sources", events.stream().map(EventKey::source).toArray(String[]::new))
            .param("ids", events.stream().map(EventKey::eventId).toArray(String[]::new))
            .query(UUID.class)
            .list());
  }

  /** Forgets some events that came before that moment; returns how many. */
  int forgetBefore(Instant moment, int most) {
    List<UUID> holders =
        jdbc.sql(
                """
                delete from behaviour_event where (source, event_id) in (
                  select source, event_id from behaviour_event
                  where stored_at < :moment limit :most)
                returning person_id
                """)
            .param("moment", Timestamp.from(moment))
            .param("most", most)
            .query(UUID.class)
            .list();
    without(holders);
    return holders.size();
  }

  /**
   * Forgets some persons of whom nothing is left but their row: nobody asks for them any more. Who
   * comes back brings what they state with their events.
   */
  int forgetUnseen(Instant moment, int most) {
    List<UUID> unseen =
        jdbc.sql(
                """
                select p.person_id from person p
                where p.judged_at < :moment and p.next_check_at is null and p.orders = 0
                  and not exists (select from behaviour_event b where b.person_id = p.person_id)
                  and not exists (
                    select from membership m where m.person_id = p.person_id and m.member)
                  and not exists (select from person a where a.survivor = p.person_id)
                limit :most for update skip locked
                """)
            .param("moment", Timestamp.from(moment))
            .param("most", most)
            .query(UUID.class)
            .list();
    UUID[] ids = unseen.toArray(UUID[]::new);
    jdbc.sql("delete from membership where person_id = any(:ids::uuid[])")
        .param("ids", ids)
        .update();
    return jdbc.sql("delete from person where person_id = any(:ids::uuid[])")
        .param("ids", ids)
        .update();
  }

  // the clock judges them at its next turn
  private void without(List<UUID> holders) {
    if (holders.isEmpty()) {
      return;
    }
    persons.holding(
        holders,
        held -> {
          customers.refresh(held.ids());
          return jdbc.sql(
                  """
                  update person set next_check_at = to_timestamp(0)
                  where person_id = any(:ids::uuid[]) and survivor is null
                  """)
              .param("ids", held.ids().toArray(UUID[]::new))
              .update();
        });
  }
}
