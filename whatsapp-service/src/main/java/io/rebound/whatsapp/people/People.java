package io.rebound.whatsapp.people;

import io.rebound.events.Consents;
import io.rebound.events.EventJson;
import io.rebound.events.Profile;
import io.rebound.events.SealedWithEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
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

  /** Who each of these persons is now; themselves if nobody absorbed them. */
  public Map<UUID, UUID> survivors(Collection<UUID> persons) {
    Map<UUID, UUID> survivors = new HashMap<>();
    jdbc.sql("select person_id, survivor from persons_now(:ids::uuid[])")
        .param("ids", sorted(persons))
        .query(row -> {
          survivors.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
        });
    return survivors;
  }

  /** This person as somebody to write to. */
  public Recipient recipient(UUID person) {
    return jdbc.sql(
            """
            select n.survivor, n.messaging, p.contact
            from persons_now(array[:id::uuid]) n left join person p on p.person_id = n.survivor
            """)
        .param("id", person)
        .query((row, _) ->
            new Recipient(
                row.getObject("survivor", UUID.class),
                row.getBoolean("messaging"),
                contact(row.getString("contact"))))
        .single();
  }

  private static @Nullable SealedWithEvent contact(@Nullable String json) {
    return json == null ? null : EventJson.MAPPER.readValue(json, SealedWithEvent.class);
  }

  /** The statement of the highest revision holds, for the persons and for who they are now. */
  void state(Map<UUID, Consents> stated) {
    if (stated.isEmpty()) {
      return;
    }
    Map<UUID, Consents> all = new HashMap<>(stated);
    survivors(stated.keySet())
        .forEach((person, survivor) -> {
          Consents consents = stated.get(person);
          if (consents != null
              && consents.revision() > 0) { // an assumption is nobody else's statement
            all.merge(survivor, consents, Consents::orNewer);
          }
        });
    UUID[] ids = sorted(all.keySet());
    List<Consents> consents = Arrays.stream(ids).map(all::get).toList();
    jdbc.sql(
            """
            insert into person as p (person_id, consent_known, messaging, consent_revision)
            select id, true, messaging, revision
            from unnest(:ids::uuid[], :messaging::boolean[], :revisions::bigint[])
              as s(id, messaging, revision)
            on conflict (person_id) do update set consent_known = true,
              messaging = excluded.messaging, consent_revision = excluded.consent_revision
            where not p.consent_known or excluded.consent_revision > p.consent_revision
            """)
        .param("ids", ids)
        .param("messaging", consents.stream().map(Consents::messaging).toArray(Boolean[]::new))
        .param("revisions", consents.stream().map(Consents::revision).toArray(Long[]::new))
        .update();
  }

  /** The absorbed persons are the survivors from now on, with what they stated. */
  void merge(Map<UUID, UUID> survivors) {
    if (survivors.isEmpty()) {
      return;
    }
    UUID[] ids = sorted(survivors.keySet());
    Map<UUID, Consents> stated = new HashMap<>();
    jdbc.sql(
            """
            insert into person as p (person_id, alias_of)
            select * from unnest(:ids::uuid[], :survivors::uuid[])
            on conflict (person_id) do update set alias_of = excluded.alias_of
            returning person_id, messaging, consent_revision
            """)
        .param("ids", ids)
        .param("survivors", Arrays.stream(ids).map(survivors::get).toArray(UUID[]::new))
        .query(row -> {
          if (row.getLong("consent_revision") > 0) {
            stated.put(
                row.getObject("person_id", UUID.class),
                new Consents(
                    false, false, row.getBoolean("messaging"), row.getLong("consent_revision")));
          }
        });
    state(stated);
  }

  /** The newest profile's contact holds. */
  void contacts(Map<UUID, Profile> newest) {
    UUID[] ids = sorted(newest.keySet());
    List<Profile> profiles = Arrays.stream(ids).map(newest::get).toList();
    jdbc.sql(
            """
            insert into person as p (person_id, profile_revision, contact)
            select * from unnest(:ids::uuid[], :revisions::bigint[], :contacts::text[])
            on conflict (person_id) do update set
              profile_revision = excluded.profile_revision, contact = excluded.contact
            where excluded.profile_revision > p.profile_revision
            """)
        .param("ids", ids)
        .param("revisions", profiles.stream().map(Profile::revision).toArray(Long[]::new))
        .param("contacts", profiles.stream().map(People::json).toArray(String[]::new))
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
