package io.rebound.identity.rekeying;

import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Sealed;
import io.rebound.events.SealedWithEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what is kept of persons, in the order of their ids. */
@Repository
class SealedPersons {
  private final JdbcClient jdbc;
  private final Clock clock;

  SealedPersons(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What an envelope came with, and of which kind it is. */
  private record Envelope(String kind, SealedWithEvent sealed) {}

  /** Persons who have identifiers, those after that one. */
  List<SealedPerson> after(@Nullable UUID person, int most) {
    Instant readAt = clock.instant();
    Map<UUID, List<Identifier>> identifiers = new LinkedHashMap<>();
    Map<UUID, Map<Envelope, List<Identifier>>> kept = new HashMap<>();
    jdbc.sql(
            """
            select i.person_id, i.type, i.pseudonym, e.*
            from (
              select p.person_id from person p
              where p.merged_into is null and (:after::uuid is null or p.person_id > :after::uuid)
                and exists (select from identifier i where i.person_id = p.person_id)
              order by p.person_id limit :most) p
            join identifier i on i.person_id = p.person_id
            left join envelope e on e.identifier_id = i.identifier_id
            order by p.person_id, i.type, i.pseudonym, e.kind
            """)
        .param("after", person)
        .param("most", most)
        .query(row -> {
          UUID id = row.getObject("person_id", UUID.class);
          var identifier =
              new Identifier(IdentifierType.of(row.getString("type")), row.getString("pseudonym"));
          List<Identifier> all = identifiers.computeIfAbsent(id, _ -> new ArrayList<>());
          if (!all.contains(identifier)) {
            all.add(identifier);
          }
          if (row.getString("kind") != null) {
            kept.computeIfAbsent(id, _ -> new LinkedHashMap<>())
                .computeIfAbsent(envelope(row), _ -> new ArrayList<>())
                .add(identifier);
          }
        });
    return identifiers.entrySet().stream()
        .map(one ->
            new SealedPerson(
                one.getKey(),
                readAt,
                one.getValue(),
                kept.getOrDefault(one.getKey(), Map.of()).entrySet().stream()
                    .map(SealedPersons::kept)
                    .toList()))
        .toList();
  }

  private static Envelope envelope(ResultSet row) throws SQLException {
    return new Envelope(
        row.getString("kind"),
        new SealedWithEvent(
            row.getString("source"),
            row.getString("event_id"),
            row.getTimestamp("at").toInstant(),
            new Sealed(row.getString("key"), row.getString("box"))));
  }

  private static SealedPerson.Kept kept(Map.Entry<Envelope, List<Identifier>> one) {
    SealedWithEvent sealed = one.getKey().sealed();
    return one.getKey().kind().equals("contact")
        ? new SealedPerson.Kept(one.getValue(), null, sealed)
        : new SealedPerson.Kept(one.getValue(), sealed, null);
  }
}
