package io.rebound.consumption;

import io.rebound.events.Identifier;
import io.rebound.events.PrivacyOrder;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes out of the dead letters what tells of a person. */
public final class DeadLetterErasure {
  private final JdbcClient jdbc;

  DeadLetterErasure(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Deletes every dead letter that mentions one of the order's ids or pseudonyms, in its key or
   * anywhere in its value, be that readable or not. In the caller's transaction.
   *
   * @return how many there were
   */
  public int forget(PrivacyOrder order) {
    return forget(order.persons(), order.identifiers());
  }

  /** The same of these ids and identifiers. */
  public int forget(Collection<UUID> persons, Collection<Identifier> identifiers) {
    // dead letters are few, so all are searched
    return jdbc.sql(
            """
            delete from dead_letter d
            where exists (
              select from (select convert_to(m, 'UTF8') as m from unnest(:mentioned::text[]) m) n
              where position(n.m in d.record_key) > 0 or position(n.m in d.record_value) > 0)
            """)
        .param(
            "mentioned",
            Stream.concat(
                    persons.stream().map(UUID::toString),
                    identifiers.stream().map(Identifier::pseudonym))
                .toArray(String[]::new))
        .update();
  }
}
