package io.rebound.segmentation.rfm;

import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What each person bought, in sum; kept in the person's row. */
@Repository
public class Customers {
  private final JdbcClient jdbc;

  Customers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Sums up these persons' purchases anew, from the events themselves, so that nothing depends on
   * how they came. An order told by several events counts once, as its latest event has it. Who
   * doesn't allow profiling has bought nothing.
   */
  public void refresh(Collection<UUID> persons) {
    if (persons.isEmpty()) {
      return;
    }
    int changed =
        jdbc.sql(
                """
                update person p set
                  last_purchase_at = s.last_at, orders = s.orders, spent = s.spent
                from (
                  select i.person_id, max(o.at) as last_at, count(o.at)::integer as orders,
                    coalesce(sum(o.value), 0) as spent
                  from unnest(:ids::uuid[]) as i(person_id)
                  left join (
                    select distinct on (b.person_id, b.order_key)
                      b.person_id, b.at, coalesce(b.value, 0) as value
                    from person q
                    cross join lateral (
                      select * from behaviour_event b
                      where b.person_id = q.person_id and b.name = 'Purchase'
                      offset 0 -- by index, also before there are statistics
                    ) b
                    where q.person_id = any(:ids::uuid[])
                      and case when q.consent_revision > 0 then q.profiling else b.profiling end
                    order by b.person_id, b.order_key, b.at desc, b.source, b.event_id
                  ) o on o.person_id = i.person_id
                  group by i.person_id
                ) s
                where p.person_id = s.person_id and p.person_id = any(:ids::uuid[])
                  and (p.last_purchase_at, p.orders, p.spent)
                    is distinct from (s.last_at, s.orders, s.spent)
                """)
            .param("ids", persons.stream().distinct().sorted().toArray(UUID[]::new))
            .update();
    if (changed > 0) {
      changed();
    }
  }

  /** The edges are no longer those of what was bought. */
  public void changed() {
    jdbc.sql("insert into rfm_change default values").update();
  }
}
