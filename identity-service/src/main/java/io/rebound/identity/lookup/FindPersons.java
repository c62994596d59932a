package io.rebound.identity.lookup;

import io.rebound.events.Consents;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.identity.consents.ConsentHistory;
import io.rebound.identity.consents.ConsentRegistry;
import io.rebound.identity.consents.Registered;
import io.rebound.identity.graph.Persons;
import io.rebound.identity.profiles.Profiles;
import io.rebound.identity.sightings.Erasures;
import io.rebound.matchkeys.DateOrder;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds persons by what they are called outside. A raw value lives only as long as the call. */
@Component
class FindPersons {
  private final Pseudonyms pseudonyms;
  private final Persons persons;
  private final Profiles profiles;
  private final ConsentRegistry consents;
  private final Erasures erasures;
  private final ConsentHistory history;
  private final JdbcClient jdbc;
  private final Locality locality;

  FindPersons(
      Pseudonyms pseudonyms,
      Persons persons,
      Profiles profiles,
      ConsentRegistry consents,
      Erasures erasures,
      ConsentHistory history,
      JdbcClient jdbc,
      LookupProperties properties) {
    this.pseudonyms = pseudonyms;
    this.persons = persons;
    this.profiles = profiles;
    this.consents = consents;
    this.erasures = erasures;
    this.history = history;
    this.jdbc = jdbc;
    this.locality = new Locality(properties.country(), DateOrder.YEAR_FIRST);
  }

  /** Nobody if the value isn't one, or nobody goes by it. */
  Found byValue(IdentifierType type, String raw) {
    List<UUID> ids =
        IdentifierHashes.of(type, raw, locality).stream()
            .flatMap(hash -> pseudonyms.ever(type, hash).stream())
            .map(pseudonym -> new Identifier(type, pseudonym))
            .map(identifier -> erasures.generations(List.of(identifier)).id(identifier))
            .toList();
    Optional<String> barred = barred(ids);
    if (barred.isPresent()) {
      return new Found.LinksNobody(barred.get());
    }
    return ids.stream()
        .flatMap(id -> owner(type, id).stream())
        .findFirst()
        .<Found>map(person -> new Found.Person(answer(person)))
        .orElseGet(Found.Nobody::new);
  }

  private Optional<String> barred(List<UUID> ids) {
    return jdbc.sql(
            """
            select state from identifier
            where identifier_id = any(:ids::uuid[]) and state <> 'usable'
            union all
            select 'blocked' from device where device_id = any(:ids::uuid[]) and blocked
            limit 1
            """)
        .param("ids", ids.toArray(UUID[]::new))
        .query(String.class)
        .optional();
  }

  private Optional<UUID> owner(IdentifierType type, UUID id) {
    return type.strong()
        ? Optional.ofNullable(persons.ofIdentifiers(Set.of(id)).get(id))
        : ownerOfDevice(id);
  }

  /**
   * Whoever signed in there last; else the visitor whom its events without an owner are held to be.
   */
  private Optional<UUID> ownerOfDevice(UUID device) {
    return jdbc.sql(
            """
            select coalesce(
              (select i.person_id from sign_in s join evidence e using (evidence_id)
               join identifier i on i.identifier_id = e.representative
               where s.device_id = d.device_id
               order by s.at desc, e.representative desc limit 1),
              d.visitor_id) as person
            from device d where d.device_id = :device
            """)
        .param("device", device)
        .query((row, _) -> Optional.ofNullable(row.getObject("person", UUID.class)))
        .optional()
        .flatMap(person -> person);
  }

  /** Also by an id that was absorbed since. */
  Optional<PersonAnswer> byId(UUID person) {
    return jdbc.sql("select coalesce(merged_into, person_id) from person where person_id = :person")
        .param("person", person)
        .query(UUID.class)
        .optional()
        .or(() -> visitor(person))
        .map(this::answer);
  }

  private PersonAnswer answer(UUID person) {
    Set<UUID> one = Set.of(person);
    List<Identifier> identifiers = profiles.identifiers(one).getOrDefault(person, List.of());
    Consents allowed = consents.effective(one).getOrDefault(person, Registered.NOTHING.effective());
    return new PersonAnswer(
        person,
        identifiers.isEmpty() ? devices(person) : identifiers,
        new PersonAnswer.Allowed(allowed.ads(), allowed.profiling(), allowed.messaging()),
        history.decidedBy(person, allowed),
        profiles.aliases(one).getOrDefault(person, List.of()));
  }

  private Optional<UUID> visitor(UUID person) {
    return jdbc.sql(
            """
            select visitor_id from event
            where visitor_id = :person and owner_id is null and cardinality(devices) > 0 limit 1
            """)
        .param("person", person)
        .query(UUID.class)
        .optional();
  }

  private List<Identifier> devices(UUID visitor) {
    return jdbc.sql(
            """
            select type, pseudonym from device
            where device_id = :visitor -- also when its events are forgotten
              or device_id in (select unnest(devices) from event
                               where visitor_id = :visitor and owner_id is null)
            order by device_id
            """)
        .param("visitor", visitor)
        .query((row, _) ->
            new Identifier(IdentifierType.of(row.getString("type")), row.getString("pseudonym")))
        .list();
  }
}
