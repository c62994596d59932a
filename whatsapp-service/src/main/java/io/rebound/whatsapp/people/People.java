package io.rebound.whatsapp.people;

import io.rebound.events.Consents;
import io.rebound.events.EventJson;
import io.rebound.events.Profile;
import io.rebound.events.SealedWithEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The persons' table. Statements touch persons in the order of their ids, so that none deadlock.
 */
@Repository
public class People {
  private final JdbcClient jdbc;

  People(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** This person as somebody to write to. */
  public Recipient recipient(UUID person) {
    return jdbc.sql(
            """
            select n.survivor, n.messaging, n.consent_revision, p.contact
            from persons_now(array[:id::uuid]) n left join person p on p.person_id = n.survivor
            """)
        .param("id", person)
        .query((row, _) ->
            new Recipient(
                row.getObject("survivor", UUID.class),
                row.getBoolean("messaging"),
                row.getLong("consent_revision"),
                contact(row.getString("contact"))))
        .single();
  }

  private static @Nullable SealedWithEvent contact(@Nullable String json) {
    return json == null ? null : EventJson.MAPPER.readValue(json, SealedWithEvent.class);
  }

  /** The statement of the highest revision holds for each person. */
  void state(Map<UUID, Consents> stated) {
    if (stated.isEmpty()) {
      return;
    }
    UUID[] ids = sorted(stated.keySet());
    List<Consents> consents = Arrays.stream(ids).map(stated::get).toList();
    jdbc.sql(
            """
            insert into person as p (person_id, consent_known, messaging, consent_revision)
            select id, true, messaging, revision
            from unnest(:ids::uuid[], :messaging::boolean[], :revisions::bigint[])
              as s(id, messaging, revision)
            on conflict (person_id) do update set consent_known = true,
              messaging = excluded.messaging, consent_revision = excluded.consent_revision
            where not p.consent_known or excluded.consent_revision > p.consent_revision
              -- what two sources assume of one person: the stricter
              or (excluded.consent_revision = p.consent_revision and not excluded.messaging)
            """)
        .param("ids", ids)
        .param("messaging", consents.stream().map(Consents::messaging).toArray(Boolean[]::new))
        .param("revisions", consents.stream().map(Consents::revision).toArray(Long[]::new))
        .update();
  }

  /** Whose alias each person is, if anybody's, by the highest revision told. */
  void follow(Map<UUID, Alias> told) {
    if (told.isEmpty()) {
      return;
    }
    UUID[] ids = sorted(told.keySet());
    List<Alias> aliases = Arrays.stream(ids).map(told::get).toList();
    jdbc.sql(
            """
            insert into person as p (person_id, alias_of, alias_revision)
            select * from unnest(:ids::uuid[], :aliases::uuid[], :revisions::bigint[])
            on conflict (person_id) do update set
              alias_of = excluded.alias_of, alias_revision = excluded.alias_revision
            where excluded.alias_revision > p.alias_revision
            """)
        .param("ids", ids)
        .param("aliases", aliases.stream().map(Alias::of).toArray(UUID[]::new))
        .param("revisions", aliases.stream().map(Alias::revision).toArray(Long[]::new))
        .update();
  }

  /**
   * The newest profile's contact holds. As long as nothing else was told of the person's being an
   * alias, which has a revision of its own, the newest profile decides that too: a service that
   * starts from profiles alone knows no more. From then on it doesn't, since the two revisions say
   * nothing about each other.
   */
  void profiles(Map<UUID, Profile> newest) {
    UUID[] ids = sorted(newest.keySet());
    List<Profile> profiles = Arrays.stream(ids).map(newest::get).toList();
    jdbc.sql(
            """
            insert into person as p (person_id, profile_revision, contact, alias_of)
            select * from unnest(:ids::uuid[], :revisions::bigint[], :contacts::text[],
              :aliases::uuid[])
            on conflict (person_id) do update set
              profile_revision = excluded.profile_revision, contact = excluded.contact,
              alias_of = case when p.alias_revision = 0 then excluded.alias_of else p.alias_of end
            where excluded.profile_revision > p.profile_revision
            """)
        .param("ids", ids)
        .param("revisions", profiles.stream().map(Profile::revision).toArray(Long[]::new))
        .param("contacts", profiles.stream().map(People::json).toArray(String[]::new))
        .param("aliases", profiles.stream().map(Profile::absorbedBy).toArray(UUID[]::new))
        .update();
  }

  private static @Nullable String json(Profile profile) {
    return profile.contact() == null
        ? null
        : EventJson.MAPPER.writeValueAsString(profile.contact());
  }

  private static UUID[] sorted(Collection<UUID> persons) {
    return persons.stream().distinct().sorted().toArray(UUID[]::new);
  }
}
