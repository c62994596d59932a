package io.rebound.segmentation.rfm;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What each person bought, in sum; kept in the person's row. */
@Repository
public class Customers {
  /** The events that say what somebody bought, or brought back. */
  public static final Set<String> EVENTS = Set.of("Purchase", "Order Refunded", "Order Cancelled");

  private final JdbcClient jdbc;

  Customers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Sums up these persons' purchases anew, from the events themselves, so that nothing depends on
   * how they came. An order told by several events counts once, as its latest event has it. Every
   * refund takes its value from the order it names; an order of which nothing is left, one that is
   * refunded without an amount, and a cancelled one count no longer. A refund without its order
   * waits for it. Who doesn't allow profiling has bought nothing.
   */
  public void refresh(Collection<UUID> persons) {
    if (persons.isEmpty()) {
      return;
    }
    int changed =
        jdbc.sql(
                """
                with told as (
                  select b.*
                  from person q
                  cross join lateral (
                    select * from behaviour_event b
                    where b.person_id = q.person_id and b.name = any(:names::text[])
                    offset 0 -- by index, also before there are statistics
                  ) b
                  where q.person_id = any(:ids::uuid[])
                    and case when q.consent_revision > 0 then q.profiling else b.profiling end
                ), purchases as (
                  select distinct on (person_id, order_key)
                    person_id, order_key, at, coalesce(value, 0) as value
                  from told where name = 'Purchase'
                  order by person_id, order_key, at desc, source, event_id
                ), refunds as (
                  select person_id, order_key, sum(abs(coalesce(value, 0))) as value,
                    bool_or(value is null or name = 'Order Cancelled') as whole
                  from told where name <> 'Purchase'
                  group by person_id, order_key
                )
                update person p set
                  last_purchase_at = s.last_at, orders = s.orders, spent = s.spent
                from (
                  select i.person_id, max(o.at) as last_at, count(o.at)::integer as orders,
                    coalesce(sum(o.value), 0) as spent
                  from unnest(:ids::uuid[]) as i(person_id)
                  left join (
                    select p.person_id, p.at, p.value - coalesce(r.value, 0) as value
                    from purchases p left join refunds r using (person_id, order_key)
                    where r.order_key is null or not r.whole and r.value < p.value
                  ) o on o.person_id = i.person_id
                  group by i.person_id
                ) s
                where p.person_id = s.person_id and p.person_id = any(:ids::uuid[])
                  and (p.last_purchase_at, p.orders, p.spent)
                    is distinct from (s.last_at, s.orders, s.spent)
                """)
            .param("names", EVENTS.toArray(String[]::new))
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
