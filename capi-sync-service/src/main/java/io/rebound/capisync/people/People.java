package io.rebound.capisync.people;

import io.rebound.capisync.people.PersonNow.AdsConsent;
import io.rebound.events.Consents;
import io.rebound.events.EventJson;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import io.rebound.events.SealedWithEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/**
 * The persons' table. Statements touch persons in the order of their ids, so that none deadlock.
 */
@Repository
public class People {
  private static final TypeReference<List<SealedWithEvent>> KEYS = new TypeReference<>() {};

  private final JdbcClient jdbc;

  People(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Everybody asked for as they are now, also those we have never heard of. */
  public Map<UUID, PersonNow> now(Collection<UUID> persons) {
    return jdbc
        .sql("select * from persons_now(:ids::uuid[])")
        .param("ids", sorted(persons))
        .query((row, _) ->
            new PersonNow(
                row.getObject("person_id", UUID.class),
                row.getObject("survivor", UUID.class),
                row.getBoolean("consent_known")
                    ? new AdsConsent(row.getBoolean("ads"), row.getLong("consent_revision"))
                    : null))
        .list() // a stream would keep its connection where there is no transaction
        .stream()
        .collect(Collectors.toMap(PersonNow::personId, now -> now));
  }

  /** The sealed match keys of those who have some, newest first. */
  public Map<UUID, List<SealedWithEvent>> matchKeys(Collection<UUID> persons) {
    Map<UUID, List<SealedWithEvent>> keys = new HashMap<>();
    jdbc.sql(
            """
            select person_id, match_keys from person
            where person_id = any(:ids::uuid[]) and match_keys is not null
            """)
        .param("ids", sorted(persons))
        .query(row -> {
          keys.put(
              row.getObject("person_id", UUID.class),
              EventJson.MAPPER.readValue(row.getString("match_keys"), KEYS));
        });
    return keys;
  }

  /** The revisions of the statements we hold, of those who made any. */
  Map<UUID, Long> consentRevisions(Collection<UUID> persons) {
    Map<UUID, Long> revisions = new HashMap<>();
    jdbc.sql(
            """
            select person_id, consent_revision from person
            where person_id = any(:ids::uuid[]) and consent_known
            """)
        .param("ids", sorted(persons))
        .query(row -> {
          revisions.put(row.getObject("person_id", UUID.class), row.getLong("consent_revision"));
        });
    return revisions;
  }

  /**
   * The statement of the highest revision holds for each person, and for everybody they were merged
   * into: an absorbed person's withdrawal is the survivor's.
   */
  void state(Map<UUID, Consents> consents) {
    Map<UUID, Consents> above = consents;
    for (int depth = 0; !above.isEmpty() && depth < 50; depth++) { // a circle of aliases ends too
      above = statedOnce(above);
    }
  }

  // returns what holds for whom they were merged into, if anybody
  private Map<UUID, Consents> statedOnce(Map<UUID, Consents> consents) {
    List<Map.Entry<UUID, Consents>> rows =
        consents.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    Map<UUID, Consents> above = new HashMap<>();
    jdbc.sql(
            """
            insert into person as p (person_id, consent_known, ads, consent_revision)
            select id, true, ads, revision
            from unnest(:ids::uuid[], :ads::boolean[], :revisions::bigint[]) as s(id, ads, revision)
            on conflict (person_id) do update set
              consent_known = true,
              ads = case when excluded.consent_revision >= p.consent_revision
                then excluded.ads else p.ads end,
              consent_revision = greatest(excluded.consent_revision, p.consent_revision)
            returning alias_of, ads, consent_revision
            """)
        .param("ids", rows.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
        .param("ads", rows.stream().map(row -> row.getValue().ads()).toArray(Boolean[]::new))
        .param(
            "revisions", rows.stream().map(row -> row.getValue().revision()).toArray(Long[]::new))
        .query(row -> {
          UUID survivor = row.getObject("alias_of", UUID.class);
          long revision = row.getLong("consent_revision");
          if (survivor != null && revision > 0) { // an assumption is nobody else's statement
            above.merge(
                survivor,
                new Consents(row.getBoolean("ads"), false, false, revision),
                Consents::orNewer);
          }
        });
    return above;
  }

  /**
   * The absorbed persons are the survivors from now on; what they stated holds for the survivor.
   */
  void merge(List<PersonsMerged> merges) {
    Map<UUID, UUID> survivors = new HashMap<>();
    merges.forEach(merge -> survivors.put(merge.absorbed(), merge.survivor()));
    UUID[] ids = sorted(survivors.keySet());
    Map<UUID, Consents> stated = new HashMap<>();
    jdbc.sql(
            """
            insert into person as p (person_id, alias_of)
            select * from unnest(:ids::uuid[], :survivors::uuid[])
            on conflict (person_id) do update set alias_of = excluded.alias_of
            returning alias_of, ads, consent_revision
            """)
        .param("ids", ids)
        .param("survivors", Arrays.stream(ids).map(survivors::get).toArray(UUID[]::new))
        .query(row -> {
          if (row.getLong("consent_revision") > 0) {
            stated.merge(
                row.getObject("alias_of", UUID.class),
                new Consents(row.getBoolean("ads"), false, false, row.getLong(3)),
                Consents::orNewer);
          }
        });
    state(stated);
  }

  /** The newest profile of each person holds; one that says it was absorbed keeps its old keys. */
  void profiles(Map<UUID, Profile> newest) {
    UUID[] ids = sorted(newest.keySet());
    List<Profile> profiles = Arrays.stream(ids).map(newest::get).toList();
    jdbc.sql(
            """
            insert into person as p (person_id, profile_revision, match_keys)
            select * from unnest(:ids::uuid[], :revisions::bigint[], :keys::text[])
            on conflict (person_id) do update set
              profile_revision = excluded.profile_revision,
              match_keys = coalesce(excluded.match_keys, p.match_keys)
            where excluded.profile_revision > p.profile_revision
            """)
        .param("ids", ids)
        .param("revisions", profiles.stream().map(Profile::revision).toArray(Long[]::new))
        .param("keys", profiles.stream().map(People::keysOf).toArray(String[]::new))
        .update();
  }

  // null for an absorbed person: what we know is still needed to take them out of audiences
  private static @org.jspecify.annotations.Nullable String keysOf(Profile profile) {
    return profile.absorbedBy() != null || profile.matchKeys().isEmpty()
        ? null
        : EventJson.MAPPER.writeValueAsString(profile.matchKeys());
  }

  private static UUID[] sorted(Collection<UUID> persons) {
    return persons.stream().distinct().sorted().toArray(UUID[]::new);
  }
}
