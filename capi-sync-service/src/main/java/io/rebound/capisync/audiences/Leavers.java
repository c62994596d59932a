package io.rebound.capisync.audiences;

import io.rebound.events.EventJson;
import io.rebound.events.MatchKeys;
import io.rebound.events.SealedWithEvent;
import io.rebound.sealing.Opener;
import io.rebound.sealing.UnreadableSeal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/**
 * Persons who are erased, on their way out of the audiences. Their rows go at once; a nameless
 * member with their sealed keys stands in for them until Meta has confirmed the removal, which the
 * ordinary sync sees to, with its order of changes and its retries.
 */
@Repository
public class Leavers {
  private static final TypeReference<List<SealedWithEvent>> KEYS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final Members members;
  private final Opener opener;

  Leavers(JdbcClient jdbc, Members members, Opener opener) {
    this.jdbc = jdbc;
    this.members = members;
    this.opener = opener;
  }

  /**
   * These persons are members of nothing, and Meta will be told so for every audience, even where
   * no join ever arrived here: a database restored to an earlier moment has forgotten what it said.
   * Who never allowed ads can't be there, and is not named.
   *
   * @return from how many audiences Meta will be told to remove them
   */
  public long leave(UUID request, UUID[] persons) {
    members.besideOtherBatches();
    jdbc.sql(
            """
            insert into audience_member
              (segment, person_id, member, revision, there, sent_keys, due_at, erasure)
            select segment, md5(:request || keys)::uuid, false, 0, true, keys, now(), :request::uuid
            from (
              select m.segment,
                coalesce(m.sent_keys, case when p.ads_once then p.match_keys end) as keys
              from audience_member m left join person p on p.person_id = m.person_id
              where m.person_id = any(:persons::uuid[]) and m.there
              union
              select a.segment, p.match_keys from audience a, person p
              where a.audience_id is not null and p.person_id = any(:persons::uuid[])
                and p.ads_once) held
            where keys is not null
            order by segment
            on conflict (segment, person_id) do nothing
            """)
        .param("request", request.toString())
        .param("persons", persons)
        .update();
    jdbc.sql("delete from audience_member where person_id = any(:persons::uuid[])")
        .param("persons", persons)
        .update();
    return jdbc.sql(
            "select count(distinct segment) from audience_member where erasure = :request::uuid")
        .param("request", request.toString())
        .query(Long.class)
        .single();
  }

  /** Whether Meta has confirmed every removal of those erasures. */
  public boolean haveLeft(Collection<UUID> requests) {
    return jdbc.sql(
            """
            select not exists (
              select from audience_member
              where erasure = any(:requests::uuid[]) and (there or due_at is not null))
            """)
        .param("requests", requests.toArray(UUID[]::new))
        .query(Boolean.class)
        .single();
  }

  /** Nothing is left that stood in for those erased. */
  public void forget(UUID request) {
    jdbc.sql("delete from audience_member where erasure = :request")
        .param("request", request)
        .update();
  }

  /** What Meta was told of these persons' memberships, the keys by name. */
  public List<Map<String, Object>> told(UUID[] persons) {
    var told = new ArrayList<Map<String, Object>>();
    jdbc.sql(
            """
            select m.segment, a.audience_id, m.member, m.there, m.sent_keys
            from audience_member m join audience a on a.segment = m.segment
            where m.person_id = any(:persons::uuid[]) order by m.segment
            """)
        .param("persons", persons)
        .query(row -> {
          var membership = new LinkedHashMap<String, Object>();
          membership.put("segment", row.getString("segment"));
          putIfKnown(membership, "audience_id", row.getString("audience_id"));
          membership.put("belongs_there", row.getBoolean("member"));
          membership.put("meta_may_hold_it", row.getBoolean("there"));
          membership.put("match_keys", names(row.getString("sent_keys")));
          told.add(membership);
        });
    return told;
  }

  private static void putIfKnown(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  private List<String> names(@Nullable String keys) {
    var names = new TreeSet<String>();
    if (keys != null) {
      for (SealedWithEvent envelope : EventJson.MAPPER.readValue(keys, KEYS)) {
        try {
          names.addAll(
              opener.open(envelope.sealed(), envelope.key(), MatchKeys.class).values().keySet());
        } catch (UnreadableSeal gone) {
          continue; // nobody can tell any more
        }
      }
    }
    return List.copyOf(names);
  }
}
