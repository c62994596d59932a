package io.rebound.identity.profiles;

import io.rebound.events.Consents;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Profile;
import io.rebound.events.SealedWithEvent;
import io.rebound.identity.consents.ConsentRegistry;
import io.rebound.identity.consents.Registered;
import io.rebound.identity.sightings.PersonIds;
import io.rebound.identity.sightings.Sighting;
import io.rebound.identity.sql.UuidArray;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is published about persons. */
@Component
public class Profiles {
  private final JdbcClient jdbc;
  private final EnvelopeTable envelopes;
  private final ConsentRegistry consents;

  Profiles(JdbcClient jdbc, EnvelopeTable envelopes, ConsentRegistry consents) {
    this.jdbc = jdbc;
    this.envelopes = envelopes;
    this.consents = consents;
  }

  /** Keeps what these events' envelopes bring that is new, and says for which identifiers. */
  public Set<UUID> keepEnvelopes(List<Sighting> sightings) {
    Map<String, Envelope> best = new HashMap<>();
    for (Sighting sighting : sightings) {
      for (UUID identifier : sighting.strong().keySet()) {
        if (sighting.event().matchKeys() != null) {
          offer(
              best,
              Envelope.of(
                  identifier, Envelope.Kind.MATCH_KEYS, sighting, sighting.event().matchKeys()));
        }
        if (sighting.event().contact() != null) {
          offer(
              best,
              Envelope.of(identifier, Envelope.Kind.CONTACT, sighting, sighting.event().contact()));
        }
      }
    }
    return best.isEmpty() ? Set.of() : envelopes.keep(List.copyOf(best.values()));
  }

  private static void offer(Map<String, Envelope> best, Envelope envelope) {
    best.merge(
        envelope.identifier() + envelope.kind().name(),
        envelope,
        (one, other) -> Envelope.ORDER.compare(one, other) >= 0 ? one : other);
  }

  /** The profiles of these persons as of now, under a new revision. The caller holds them. */
  public List<Profile> anew(Collection<UUID> persons, Instant at) {
    Map<UUID, Long> revisions = revise(persons);
    Map<UUID, List<Identifier>> identifiers = identifiers(persons);
    Map<UUID, List<Envelope>> kept = envelopes.ofPersons(persons);
    Map<UUID, List<UUID>> aliases = aliases(persons);
    Map<UUID, Consents> allowed = consents.effective(persons);
    return persons.stream()
        .sorted(PersonIds.ORDER)
        .map(person ->
            new Profile(
                person,
                revisions.getOrDefault(person, 0L),
                at,
                null,
                aliases.getOrDefault(person, List.of()),
                identifiers.getOrDefault(person, List.of()),
                matchKeys(kept.getOrDefault(person, List.of())),
                contact(kept.getOrDefault(person, List.of())),
                allowed.getOrDefault(person, Registered.NOTHING.effective())))
        .toList();
  }

  /** What the profiles of absorbed persons say from now on. */
  public List<Profile> absorbed(Map<UUID, UUID> survivors, Instant at) {
    Map<UUID, Long> revisions = revise(survivors.keySet());
    var profiles = new ArrayList<Profile>();
    survivors.forEach((absorbed, survivor) ->
        profiles.add(
            new Profile(
                absorbed,
                revisions.getOrDefault(absorbed, 0L),
                at,
                survivor,
                List.of(),
                List.of(),
                List.of(),
                null,
                Registered.NOTHING.effective())));
    return profiles;
  }

  private static List<SealedWithEvent> matchKeys(List<Envelope> kept) {
    return kept.stream()
        .filter(envelope -> envelope.kind() == Envelope.Kind.MATCH_KEYS)
        .sorted(Envelope.ORDER.reversed())
        .map(Envelope::withEvent)
        .distinct()
        .toList();
  }

  private static @Nullable SealedWithEvent contact(List<Envelope> kept) {
    return kept.stream()
        .filter(envelope -> envelope.kind() == Envelope.Kind.CONTACT)
        .max(Envelope.ORDER)
        .map(Envelope::withEvent)
        .orElse(null);
  }

  private Map<UUID, Long> revise(Collection<UUID> persons) {
    var revisions = new HashMap<UUID, Long>();
    jdbc.sql(
            """
            update person set profile_revision = greatest(profile_revision + 1, clock_micros())
            where person_id = any(:ids::uuid[])
            returning person_id, profile_revision
            """)
        .param("ids", UuidArray.of(persons))
        .query(row -> {
          revisions.put(row.getObject("person_id", UUID.class), row.getLong("profile_revision"));
        });
    return revisions;
  }

  /** All identifiers of these persons, strongest type first. */
  public Map<UUID, List<Identifier>> identifiers(Collection<UUID> persons) {
    var identifiers = new HashMap<UUID, List<Identifier>>();
    jdbc.sql(
            "select person_id, type, pseudonym from identifier where person_id = any(:ids::uuid[])")
        .param("ids", UuidArray.of(persons))
        .query(row -> {
          identifiers
              .computeIfAbsent(row.getObject("person_id", UUID.class), _ -> new ArrayList<>())
              .add(
                  new Identifier(
                      IdentifierType.of(row.getString("type")), row.getString("pseudonym")));
        });
    identifiers
        .values()
        .forEach(one ->
            one.sort(Comparator.comparing(Identifier::type).thenComparing(Identifier::pseudonym)));
    return identifiers;
  }

  /** Every other id these persons go by. */
  public Map<UUID, List<UUID>> aliases(Collection<UUID> persons) {
    var aliases = new HashMap<UUID, List<UUID>>();
    jdbc.sql(
            """
            select merged_into, person_id from person where merged_into = any(:ids::uuid[])
            order by person_id
            """)
        .param("ids", UuidArray.of(persons))
        .query(row -> {
          aliases
              .computeIfAbsent(row.getObject("merged_into", UUID.class), _ -> new ArrayList<>())
              .add(row.getObject("person_id", UUID.class));
        });
    return aliases;
  }
}
