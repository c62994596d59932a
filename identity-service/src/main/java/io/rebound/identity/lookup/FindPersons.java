package io.rebound.identity.lookup;

import io.rebound.events.Consents;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.identity.consents.ConsentRegistry;
import io.rebound.identity.consents.Registered;
import io.rebound.identity.graph.Persons;
import io.rebound.identity.profiles.Profiles;
import io.rebound.identity.sightings.PersonIds;
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
  private final JdbcClient jdbc;
  private final Locality locality;

  FindPersons(
      Pseudonyms pseudonyms,
      Persons persons,
      Profiles profiles,
      ConsentRegistry consents,
      JdbcClient jdbc,
      LookupProperties properties) {
    this.pseudonyms = pseudonyms;
    this.persons = persons;
    this.profiles = profiles;
    this.consents = consents;
    this.jdbc = jdbc;
    this.locality = new Locality(properties.country(), DateOrder.YEAR_FIRST);
  }

  /** Empty if the value isn't one, or nobody goes by it. */
  Optional<PersonAnswer> byValue(IdentifierType type, String raw) {
    List<UUID> ids =
        IdentifierHashes.of(type, raw, locality).stream()
            .map(hash -> PersonIds.of(new Identifier(type, pseudonyms.of(type, hash))))
            .toList();
    return ids.stream().flatMap(id -> owner(type, id).stream()).findFirst().map(this::answer);
  }

  private Optional<UUID> owner(IdentifierType type, UUID id) {
    return type.strong()
        ? Optional.ofNullable(persons.ofIdentifiers(Set.of(id)).get(id))
        : ownerOfDevice(id);
  }

  /** Whoever signed in there last; else the visitor that the device is. */
  private Optional<UUID> ownerOfDevice(UUID device) {
    return jdbc.sql(
            """
            select coalesce(
              (select i.person_id from sign_in s join identifier i using (identifier_id)
               where s.device_id = d.device_id order by s.at desc, s.identifier_id desc limit 1),
              d.device_id)
            from device d where d.device_id = :device
            """)
        .param("device", device)
        .query(UUID.class)
        .optional();
  }

  /** Also by an id that was absorbed since. */
  Optional<PersonAnswer> byId(UUID person) {
    return jdbc.sql("select coalesce(merged_into, person_id) from person where person_id = :person")
        .param("person", person)
        .query(UUID.class)
        .optional()
        .or(() -> ownerOfDevice(person).filter(person::equals))
        .map(this::answer);
  }

  private PersonAnswer answer(UUID person) {
    Set<UUID> one = Set.of(person);
    List<Identifier> identifiers = profiles.identifiers(one).getOrDefault(person, List.of());
    Consents allowed = consents.effective(one).getOrDefault(person, Registered.NOTHING.effective());
    return new PersonAnswer(
        person,
        identifiers.isEmpty() ? device(person) : identifiers,
        new PersonAnswer.Allowed(allowed.ads(), allowed.profiling(), allowed.messaging()),
        profiles.aliases(one).getOrDefault(person, List.of()));
  }

  private List<Identifier> device(UUID visitor) {
    return jdbc.sql("select type, pseudonym from device where device_id = :device")
        .param("device", visitor)
        .query((row, _) ->
            new Identifier(IdentifierType.of(row.getString("type")), row.getString("pseudonym")))
        .list();
  }
}
