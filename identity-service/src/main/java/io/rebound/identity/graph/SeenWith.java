package io.rebound.identity.graph;

import static java.util.stream.Collectors.toSet;

import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.identity.sightings.PersonIds;
import io.rebound.identity.sightings.Sighting;
import io.rebound.identity.sql.UuidArray;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * With which strong identifiers of other types each value was seen, to tell the values that too
 * many people use. The caller holds the values' devices and persons, so that nobody else counts the
 * same at the same time.
 */
@Repository
class SeenWith {
  private final JdbcClient jdbc;
  private final GraphProperties properties;

  SeenWith(JdbcClient jdbc, GraphProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  private record Pair(UUID value, String kind, UUID other) {
    static final Comparator<Pair> ORDER =
        Comparator.comparing(Pair::value, PersonIds.ORDER)
            .thenComparing(Pair::kind)
            .thenComparing(Pair::other, PersonIds.ORDER);
  }

  private record Kind(UUID value, String kind) {}

  /** Takes in what these events show, and says which values are crowded now. */
  Set<UUID> add(List<Sighting> fresh, Set<UUID> barred) {
    List<Pair> pairs = pairs(fresh, barred);
    if (pairs.isEmpty()) {
      return Set.of();
    }
    Set<Kind> grown =
        jdbc
            .sql(
                """
                insert into seen_with (value_id, kind, other_id)
                select * from unnest(:values::uuid[], :kinds::text[], :others::uuid[])
                  as n (value_id, kind, other_id)
                order by value_id, kind, other_id
                on conflict do nothing
                returning value_id as value, kind
                """)
            .param("values", UuidArray.of(pairs.stream().map(Pair::value).toList()))
            .param("kinds", pairs.stream().map(Pair::kind).toArray(String[]::new))
            .param("others", UuidArray.of(pairs.stream().map(Pair::other).toList()))
            .query(Kind.class)
            .stream()
            .collect(toSet());
    return grown.isEmpty() ? Set.of() : crowded(List.copyOf(grown));
  }

  private Set<UUID> crowded(List<Kind> grown) {
    return new HashSet<>(
        jdbc.sql(
                """
                select distinct g.value_id
                from unnest(:values::uuid[], :kinds::text[], :limits::int[]) as g (value_id, kind, most)
                cross join lateral (
                  select count(*) as others from (
                    select from seen_with s where s.value_id = g.value_id and s.kind = g.kind
                    limit :enough) few) c
                where c.others > g.most
                """)
            .param("enough", 2 * properties.mostOthers() + 1)
            .param("values", UuidArray.of(grown.stream().map(Kind::value).toList()))
            .param("kinds", grown.stream().map(Kind::kind).toArray(String[]::new))
            .param("limits", grown.stream().map(one -> most(one.kind())).toArray(Integer[]::new))
            .query(UUID.class)
            .list());
  }

  /** A telephone number is two values: it is hashed with the plus sign and without. */
  private int most(String kind) {
    return kind.startsWith(IdentifierType.PHONE.wireName() + ":")
        ? 2 * properties.mostOthers()
        : properties.mostOthers();
  }

  private static List<Pair> pairs(List<Sighting> fresh, Set<UUID> barred) {
    var pairs = new TreeSet<Pair>(Pair.ORDER);
    for (Sighting sighting : fresh) {
      Map<UUID, Identifier> all = new HashMap<>(sighting.strong());
      all.putAll(sighting.weak());
      all.forEach((value, identifier) -> {
        if (!barred.contains(value) && !identifier.role()) {
          sighting
              .strong()
              .forEach((id, other) -> {
                if (other.type() != identifier.type()) {
                  pairs.add(new Pair(value, kind(other), id));
                }
              });
        }
      });
    }
    return List.copyOf(pairs);
  }

  private static String kind(Identifier other) {
    int dot = other.pseudonym().indexOf('.');
    String key = dot < 0 ? "" : other.pseudonym().substring(0, dot);
    return other.type().wireName() + ":" + key;
  }
}
