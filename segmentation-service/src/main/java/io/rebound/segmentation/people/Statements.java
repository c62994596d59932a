package io.rebound.segmentation.people;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What persons stated about profiling, each under the id it was told of, and what follows for whom
 * they are now. The statement of the highest revision holds; where two of the same revision differ,
 * the one that allows less.
 */
@Repository
public class Statements {
  private final JdbcClient jdbc;

  Statements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps what was stated under these ids.
   *
   * @return those for whom something else holds by this
   */
  public Set<UUID> state(Map<UUID, ProfilingConsent> told, Held held) {
    Map<UUID, Person> changed = new HashMap<>();
    Set<UUID> concerned = new HashSet<>();
    told.forEach((id, consent) -> {
      Person person = changed.getOrDefault(id, held.get(id));
      if (!consent.and(person.stated()).equals(person.stated())) {
        changed.put(id, person.stating(consent));
      }
      UUID now = held.now(id);
      Person whole = changed.getOrDefault(now, held.get(now));
      if (!consent.and(whole.consent()).equals(whole.consent())) {
        changed.put(now, whole.allowing(consent));
        concerned.add(now);
      }
    });
    if (!changed.isEmpty()) {
      store(changed.values());
    }
    return concerned;
  }

  private void store(Collection<Person> changed) {
    List<Person> persons = List.copyOf(changed);
    jdbc.sql(
            """
            update person p set
              stated_revision = s.stated_revision, stated_profiling = s.stated_profiling,
              consent_revision = s.consent_revision, profiling = s.profiling
            from unnest(:ids::uuid[], :statedRevisions::bigint[], :stated::boolean[],
              :revisions::bigint[], :profiling::boolean[])
              as s(person_id, stated_revision, stated_profiling, consent_revision, profiling)
            where p.person_id = s.person_id and p.person_id = any(:ids::uuid[])
            """)
        .param("ids", persons.stream().map(Person::id).toArray(UUID[]::new))
        .param(
            "statedRevisions",
            persons.stream().map(person -> person.stated().revision()).toArray(Long[]::new))
        .param(
            "stated",
            persons.stream().map(person -> person.stated().allowed()).toArray(Boolean[]::new))
        .param(
            "revisions",
            persons.stream().map(person -> person.consent().revision()).toArray(Long[]::new))
        .param(
            "profiling",
            persons.stream().map(person -> person.consent().allowed()).toArray(Boolean[]::new))
        .update();
  }
}
