package io.rebound.identity.consents;

import io.rebound.events.Purpose;
import io.rebound.identity.sql.UuidArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What each person is held to have stated, beside the person. */
@Repository
class RegistryTable {
  private final JdbcClient jdbc;

  RegistryTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those who have a row. */
  Map<UUID, Registered> read(Collection<UUID> persons) {
    var found = new HashMap<UUID, Registered>();
    jdbc.sql(
            """
            select person_id, stated_ads, stated_profiling, stated_messaging,
              assumed_ads, assumed_profiling, assumed_messaging, consent_revision
            from person where person_id = any(:ids::uuid[])
            """)
        .param("ids", UuidArray.of(persons))
        .query(row -> {
          found.put(
              row.getObject("person_id", UUID.class),
              new Registered(
                  byPurpose(row, "stated_"),
                  byPurpose(row, "assumed_"),
                  row.getLong("consent_revision")));
        });
    return found;
  }

  private static Map<Purpose, Boolean> byPurpose(ResultSet row, String prefix) throws SQLException {
    var values = new EnumMap<Purpose, Boolean>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      boolean value = row.getBoolean(prefix + purpose.wireName());
      if (!row.wasNull()) {
        values.put(purpose, value);
      }
    }
    return values;
  }

  /**
   * Writes what has changed.
   *
   * @param revised those whose revision grows, above the one given and above the clock's
   * @return the new revisions
   */
  Map<UUID, Long> write(Map<UUID, Registered> changed, Collection<UUID> revised) {
    List<UUID> ids = List.copyOf(changed.keySet());
    var revisions = new HashMap<UUID, Long>();
    jdbc.sql(
            """
            update person p set
              stated_ads = n.stated_ads, stated_profiling = n.stated_profiling,
              stated_messaging = n.stated_messaging,
              assumed_ads = n.assumed_ads, assumed_profiling = n.assumed_profiling,
              assumed_messaging = n.assumed_messaging,
              consent_revision =
                case when n.revised then greatest(n.revision + 1, clock_micros()) else n.revision end
            from unnest(:ids::uuid[], :statedAds::boolean[], :statedProfiling::boolean[],
                        :statedMessaging::boolean[], :assumedAds::boolean[],
                        :assumedProfiling::boolean[], :assumedMessaging::boolean[],
                        :revisions::bigint[], :revised::boolean[])
              as n (person_id, stated_ads, stated_profiling, stated_messaging, assumed_ads,
                    assumed_profiling, assumed_messaging, revision, revised)
            where p.person_id = n.person_id
            returning p.person_id, p.consent_revision
            """)
        .param("ids", UuidArray.of(ids))
        .param("statedAds", stated(changed, ids, Purpose.ADS))
        .param("statedProfiling", stated(changed, ids, Purpose.PROFILING))
        .param("statedMessaging", stated(changed, ids, Purpose.MESSAGING))
        .param("assumedAds", assumed(changed, ids, Purpose.ADS))
        .param("assumedProfiling", assumed(changed, ids, Purpose.PROFILING))
        .param("assumedMessaging", assumed(changed, ids, Purpose.MESSAGING))
        .param("revisions", ids.stream().map(id -> of(changed, id).revision()).toArray(Long[]::new))
        .param("revised", ids.stream().map(revised::contains).toArray(Boolean[]::new))
        .query(row -> {
          revisions.put(row.getObject("person_id", UUID.class), row.getLong("consent_revision"));
        });
    return revisions;
  }

  private static Registered of(Map<UUID, Registered> changed, UUID id) {
    return java.util.Objects.requireNonNull(changed.get(id));
  }

  private static @Nullable Boolean[] stated(
      Map<UUID, Registered> changed, List<UUID> ids, Purpose purpose) {
    return ids.stream().map(id -> of(changed, id).stated().get(purpose)).toArray(Boolean[]::new);
  }

  private static @Nullable Boolean[] assumed(
      Map<UUID, Registered> changed, List<UUID> ids, Purpose purpose) {
    return ids.stream().map(id -> of(changed, id).assumed().get(purpose)).toArray(Boolean[]::new);
  }
}
