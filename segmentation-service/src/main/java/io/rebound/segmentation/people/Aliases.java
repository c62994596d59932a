package io.rebound.segmentation.people;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Makes persons one, and apart again. Who somebody is now follows from the latest alias told of
 * each id, not from the order in which they came: the one at the end of the chain.
 */
@Repository
public class Aliases {
  private final JdbcClient jdbc;

  Aliases(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Has everybody who comes to be somebody else by this be them with their statements and events.
   *
   * @param told one of each person
   * @param held everybody who goes by one of these persons or by one whose alias they become
   * @return those who came to be somebody else, who they were and who they are now
   */
  public Set<UUID> follow(Collection<Alias> told, Held held) {
    List<Alias> news =
        told.stream()
            .filter(alias -> alias.revision() > held.get(alias.person()).alias().revision())
            .toList();
    if (news.isEmpty()) {
      return Set.of();
    }
    point(news); // first, for the table refuses an alias that might make a circle
    Map<UUID, UUID> now = ends(news, held);
    Set<UUID> moved = new HashSet<>();
    Set<UUID> concerned = new HashSet<>();
    now.forEach((id, end) -> {
      if (!end.equals(held.now(id))) {
        moved.add(id);
        concerned.addAll(List.of(id, end, held.now(id)));
      }
    });
    if (!moved.isEmpty()) {
      become(concerned, now, held);
      moveEvents(moved, now, held);
    }
    return concerned;
  }

  private void point(List<Alias> news) {
    jdbc.sql(
            """
            update person p set alias_of = a.alias_of, alias_revision = a.revision
            from unnest(:ids::uuid[], :aliases::uuid[], :revisions::bigint[])
              as a(person_id, alias_of, revision)
            where p.person_id = a.person_id and p.person_id = any(:ids::uuid[])
            """)
        .param("ids", news.stream().map(Alias::person).toArray(UUID[]::new))
        .param("aliases", news.stream().map(Alias::of).toArray(UUID[]::new))
        .param("revisions", news.stream().map(Alias::revision).toArray(Long[]::new))
        .update();
  }

  private static Map<UUID, UUID> ends(List<Alias> news, Held held) {
    Map<UUID, @Nullable UUID> next = new HashMap<>();
    held.all().forEach(person -> next.put(person.id(), person.alias().of()));
    news.forEach(alias -> next.put(alias.person(), alias.of()));
    Map<UUID, UUID> ends = new HashMap<>();
    for (Person person : held.all()) {
      UUID end = person.id();
      for (UUID after = next.get(end); after != null; after = next.get(end)) {
        end = after;
      }
      // a chain that leaves those held passes nobody in the news: theirs are held whole
      ends.put(person.id(), held.has(end) ? end : person.now());
    }
    return ends;
  }

  private void become(Set<UUID> concerned, Map<UUID, UUID> now, Held held) {
    Map<UUID, ProfilingConsent> consents = new HashMap<>();
    for (Person person : held.all()) {
      consents.merge(now.get(person.id()), person.stated(), ProfilingConsent::and);
    }
    UUID[] ids = Persons.sorted(concerned);
    List<ProfilingConsent> holding =
        Arrays.stream(ids).map(id -> consents.getOrDefault(id, ProfilingConsent.NONE)).toList();
    jdbc.sql(
            """
            update person p set survivor = nullif(n.survivor, p.person_id),
              consent_revision = n.revision, profiling = n.profiling
            from unnest(:ids::uuid[], :survivors::uuid[], :revisions::bigint[],
              :profiling::boolean[]) as n(person_id, survivor, revision, profiling)
            where p.person_id = n.person_id and p.person_id = any(:ids::uuid[])
            """)
        .param("ids", ids)
        .param("survivors", Arrays.stream(ids).map(now::get).toArray(UUID[]::new))
        .param("revisions", holding.stream().map(ProfilingConsent::revision).toArray(Long[]::new))
        .param("profiling", holding.stream().map(ProfilingConsent::allowed).toArray(Boolean[]::new))
        .update();
  }

  private void moveEvents(Set<UUID> moved, Map<UUID, UUID> now, Held held) {
    UUID[] ids = Persons.sorted(moved);
    jdbc.sql(
            """
            update behaviour_event b set person_id = m.now, told = nullif(m.told, m.now)
            from unnest(:ids::uuid[], :were::uuid[], :now::uuid[]) as m(told, was, now)
            where b.person_id = m.was and coalesce(b.told, b.person_id) = m.told
              and b.person_id = any(:were::uuid[]) -- by index, also before there are statistics
            """)
        .param("ids", ids)
        .param("were", Arrays.stream(ids).map(held::now).toArray(UUID[]::new))
        .param("now", Arrays.stream(ids).map(now::get).toArray(UUID[]::new))
        .update();
  }
}
