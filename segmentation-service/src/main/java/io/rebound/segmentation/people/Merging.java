package io.rebound.segmentation.people;

import io.rebound.events.Consents;
import io.rebound.events.PersonsMerged;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Makes persons one. Who survives follows from all merges ever announced, not from the order in
 * which they came: the one of the group whom no merge absorbs.
 */
@Repository
public class Merging {
  private final JdbcClient jdbc;
  private final Persons persons;

  Merging(JdbcClient jdbc, Persons persons) {
    this.jdbc = jdbc;
    this.persons = persons;
  }

  /**
   * Folds the absorbed into the survivors, with their statements and all their events.
   *
   * @param held everybody who goes by one of the persons merged
   * @return everybody of a group in which somebody came to be somebody else by this
   */
  public Set<UUID> merge(Collection<PersonsMerged> merges, Held held) {
    remember(merges);
    Map<UUID, Set<UUID>> outgoing = known(held.ids());
    Map<UUID, UUID> survivors = new HashMap<>();
    for (Set<UUID> group : groups(merges, held)) {
      UUID survivor = survivorOf(group, outgoing);
      if (group.stream().anyMatch(id -> !held.now(id).equals(survivor))) {
        group.forEach(id -> survivors.put(id, survivor));
      }
    }
    if (!survivors.isEmpty()) {
      point(survivors);
      fold(survivors, held);
      moveEvents(survivors);
    }
    return survivors.keySet();
  }

  private void remember(Collection<PersonsMerged> merges) {
    jdbc.sql(
            """
            insert into person_merge (absorbed, survivor)
            select distinct * from unnest(:absorbed::uuid[], :survivors::uuid[]) as m(a, s)
            where a <> s order by 1, 2
            on conflict do nothing
            """)
        .param("absorbed", merges.stream().map(PersonsMerged::absorbed).toArray(UUID[]::new))
        .param("survivors", merges.stream().map(PersonsMerged::survivor).toArray(UUID[]::new))
        .update();
  }

  private Map<UUID, Set<UUID>> known(Set<UUID> ids) {
    Map<UUID, Set<UUID>> outgoing = new HashMap<>();
    jdbc.sql("select absorbed, survivor from person_merge where absorbed = any(:ids::uuid[])")
        .param("ids", Persons.sorted(ids))
        .query(row -> {
          outgoing
              .computeIfAbsent(row.getObject(1, UUID.class), _ -> new HashSet<>())
              .add(row.getObject(2, UUID.class));
        });
    return outgoing;
  }

  /** The groups of persons who are one by now, of those merged. */
  private static Collection<Set<UUID>> groups(Collection<PersonsMerged> merges, Held held) {
    Map<UUID, Set<UUID>> groups = new HashMap<>();
    held.all().forEach(person -> of(groups, person.now()).add(person.id()));
    Map<UUID, Set<UUID>> groupOf = new HashMap<>();
    groups.values().forEach(group -> group.forEach(id -> groupOf.put(id, group)));
    for (PersonsMerged merge : merges) {
      Set<UUID> into = of(groupOf, merge.survivor());
      Set<UUID> from = of(groupOf, merge.absorbed());
      if (into != from) {
        into.addAll(from);
        from.forEach(id -> groupOf.put(id, into));
      }
    }
    Set<Set<UUID>> merged = Collections.newSetFromMap(new IdentityHashMap<>());
    merges.forEach(merge -> merged.add(of(groupOf, merge.survivor())));
    return merged;
  }

  private static Set<UUID> of(Map<UUID, Set<UUID>> groups, UUID id) {
    return groups.computeIfAbsent(id, _ -> new HashSet<>());
  }

  /** Until the merge that decides has come, the smallest id stands in. */
  private static UUID survivorOf(Set<UUID> group, Map<UUID, Set<UUID>> outgoing) {
    List<UUID> standing = group.stream().filter(id -> !outgoing.containsKey(id)).sorted().toList();
    return standing.isEmpty() ? group.stream().sorted().toList().getFirst() : standing.getFirst();
  }

  private void point(Map<UUID, UUID> survivors) {
    UUID[] ids = Persons.sorted(survivors.keySet());
    jdbc.sql(
            """
            update person p set
              survivor = nullif(s.survivor, p.person_id),
              last_purchase_at = null, orders = 0, spent = 0, r = null, f = null, m = null,
              next_check_at = null
            from unnest(:ids::uuid[], :survivors::uuid[]) as s(person_id, survivor)
            where p.person_id = s.person_id and p.person_id = any(:ids::uuid[])
            """)
        .param("ids", ids)
        .param("survivors", Arrays.stream(ids).map(survivors::get).toArray(UUID[]::new))
        .update();
  }

  // what any of them stated, the survivor stated
  private void fold(Map<UUID, UUID> survivors, Held held) {
    Map<UUID, Consents> stated = new HashMap<>();
    survivors.forEach((id, survivor) -> {
      Person person = held.get(id);
      if (person.consentRevision() > 0) {
        stated.merge(
            survivor,
            new Consents(false, person.profiling(), false, person.consentRevision()),
            Persons::decisive);
      }
    });
    persons.state(stated);
  }

  private void moveEvents(Map<UUID, UUID> moved) {
    UUID[] ids = Persons.sorted(moved.keySet());
    jdbc.sql(
            """
            update behaviour_event b set person_id = m.survivor
            from unnest(:ids::uuid[], :survivors::uuid[]) as m(person_id, survivor)
            where b.person_id = m.person_id and m.person_id <> m.survivor
              and b.person_id = any(:ids::uuid[])
            """)
        .param("ids", ids)
        .param("survivors", Arrays.stream(ids).map(moved::get).toArray(UUID[]::new))
        .update();
  }
}
