package io.rebound.capisync.people;

import io.rebound.capisync.people.PersonNow.AdsConsent;
import io.rebound.events.Consents;
import io.rebound.events.EventJson;
import io.rebound.events.Profile;
import io.rebound.events.SealedWithEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Those who allowed ads at any time we heard of: nobody else can ever have been disclosed. */
  public Set<UUID> whoAllowedOnce(Collection<UUID> persons) {
    return Set.copyOf(
        jdbc.sql("select person_id from person where person_id = any(:ids::uuid[]) and ads_once")
            .param("ids", sorted(persons))
            .query(UUID.class)
            .list());
  }

  /**
   * These allowed ads, if only until a later statement: a database that was restored to an earlier
   * moment may have disclosed them in between.
   */
  void allowedOnce(Collection<UUID> persons) {
    jdbc.sql(
            """
            insert into person as p (person_id, ads_once)
            select id, true from unnest(:ids::uuid[]) as n (id)
            where not exists (select from person where person_id = n.id and ads_once)
            on conflict (person_id) do update set ads_once = true
            """)
        .param("ids", sorted(persons))
        .update();
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
   * Who was merged into any of these at any time, as they are now: Meta may have been told their
   * keys under the others' name.
   */
  public Set<UUID> everMergedInto(Collection<UUID> persons) {
    return Set.copyOf(
        jdbc.sql(
                """
                with recursive once(person_id) as (
                  select unnest(:ids::uuid[])
                  union
                  select p.person_id
                  from once o cross join lateral (
                    select p.person_id from person p where p.alias_of = o.person_id
                    union all
                    select p.person_id from person p where p.split_from = o.person_id
                    offset 0 -- by index, also before there are statistics
                  ) p
                )
                select distinct n.survivor
                from persons_now(array(select person_id from once)) n
                """)
            .param("ids", sorted(persons))
            .query(UUID.class)
            .list());
  }

  /** The statement of the highest revision holds for each person. */
  void state(Map<UUID, Consents> consents) {
    List<Map.Entry<UUID, Consents>> rows =
        consents.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    jdbc.sql(
            """
            insert into person as p (person_id, consent_known, ads, ads_once, consent_revision)
            select id, true, ads, ads, revision
            from unnest(:ids::uuid[], :ads::boolean[], :revisions::bigint[]) as s(id, ads, revision)
            on conflict (person_id) do update set
              consent_known = true,
              ads = excluded.ads and (p.ads or not p.consent_known
                or excluded.consent_revision > p.consent_revision),
              ads_once = p.ads_once or excluded.ads_once,
              consent_revision = excluded.consent_revision
            where not p.consent_known or excluded.consent_revision > p.consent_revision
              -- assumed at different times, or said of the same person: the stricter
              or excluded.consent_revision = p.consent_revision and p.ads and not excluded.ads
            """)
        .param("ids", rows.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
        .param("ads", rows.stream().map(row -> row.getValue().ads()).toArray(Boolean[]::new))
        .param(
            "revisions", rows.stream().map(row -> row.getValue().revision()).toArray(Long[]::new))
        .update();
  }

  /** Whose alias each person is, if anybody's, by the highest revision told. */
  void follow(Map<UUID, Alias> told) {
    UUID[] ids = sorted(told.keySet());
    List<Alias> aliases = Arrays.stream(ids).map(told::get).toList();
    jdbc.sql(
            """
            insert into person as p (person_id, alias_of, split_from, alias_revision)
            select * from unnest(:ids::uuid[], :aliases::uuid[], :splits::uuid[],
              :revisions::bigint[])
            on conflict (person_id) do update set
              alias_of = excluded.alias_of,
              split_from = coalesce(excluded.split_from, p.split_from),
              alias_revision = excluded.alias_revision
            where excluded.alias_revision > p.alias_revision
            """)
        .param("ids", ids)
        .param("aliases", aliases.stream().map(Alias::of).toArray(UUID[]::new))
        .param("splits", aliases.stream().map(Alias::splitFrom).toArray(UUID[]::new))
        .param("revisions", aliases.stream().map(Alias::revision).toArray(Long[]::new))
        .update();
  }

  /**
   * The newest profile of each person holds; one that says it was absorbed keeps its old keys. As
   * long as nothing else was told of the person's being an alias, which has a revision of its own,
   * the newest profile decides that too: a service that starts from profiles alone knows no more.
   * From then on it doesn't, since the two revisions say nothing about each other.
   */
  void profiles(Map<UUID, Profile> newest) {
    UUID[] ids = sorted(newest.keySet());
    List<Profile> profiles = Arrays.stream(ids).map(newest::get).toList();
    jdbc.sql(
            """
            insert into person as p (person_id, profile_revision, match_keys, alias_of)
            select * from unnest(:ids::uuid[], :revisions::bigint[], :keys::text[],
              :aliases::uuid[])
            on conflict (person_id) do update set
              profile_revision = excluded.profile_revision,
              match_keys = coalesce(excluded.match_keys, p.match_keys),
              alias_of = case when p.alias_revision = 0 then excluded.alias_of else p.alias_of end,
              split_from = case when p.alias_revision = 0 and excluded.alias_of is null
                then coalesce(p.alias_of, p.split_from) else p.split_from end
            where excluded.profile_revision > p.profile_revision
            """)
        .param("ids", ids)
        .param("revisions", profiles.stream().map(Profile::revision).toArray(Long[]::new))
        .param("keys", profiles.stream().map(People::keysOf).toArray(String[]::new))
        .param("aliases", profiles.stream().map(Profile::absorbedBy).toArray(UUID[]::new))
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
