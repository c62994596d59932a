package io.rebound.segmentation.rfm;

import io.rebound.problems.PageRequest;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * RFM of all customers at any moment, from the events. The quintile edges are quantiles of type 7
 * (Hyndman and Fan, 1996), computed in exact decimal arithmetic; PostgreSQL's own {@code
 * percentile_cont} has the same rule, but in floating point, where an edge may miss its value.
 */
@Repository
class RfmTable {
  private final JdbcClient jdbc;

  RfmTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A part of the table, in the order of the persons' ids, and one row more than asked for. */
  List<Rfm> at(Instant at, PageRequest page, @Nullable UUID after) {
    return jdbc.sql(
            """
            with told as materialized (
              select b.person_id, b.order_key, b.name, b.at, b.value, b.source, b.event_id
              from behaviour_event b join person p on p.person_id = b.person_id
              where b.name = any(:names::text[]) and b.at <= :at
                and case when p.consent_revision > 0 then p.profiling else b.profiling end
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
            ), customers as materialized (
              select p.person_id, whole_days(max(p.at), :at) as recency_days,
                count(*) as frequency, sum(p.value - coalesce(r.value, 0)) as monetary
              from purchases p left join refunds r using (person_id, order_key)
              where r.order_key is null or not r.whole and r.value < p.value
              group by p.person_id
            ), edges as materialized (
              select
                quintile_edges(array_agg(recency_days::numeric order by recency_days)) as recency,
                quintile_edges(array_agg(frequency::numeric order by frequency)) as frequency,
                quintile_edges(array_agg(monetary order by monetary)) as monetary
              from customers
            )
            select c.person_id, c.recency_days, c.frequency, c.monetary,
              6 - quintile(c.recency_days, e.recency) as r,
              quintile(c.frequency, e.frequency) as f,
              quintile(c.monetary, e.monetary) as m
            from customers c cross join edges e
            where :after::uuid is null or c.person_id > :after::uuid
            order by c.person_id
            limit :limit
            """)
        .param("names", Customers.EVENTS.toArray(String[]::new))
        .param("at", Timestamp.from(at))
        .param("after", after)
        .param("limit", page.oneMore())
        .query((row, _) -> {
          int r = row.getInt("r");
          int f = row.getInt("f");
          int m = row.getInt("m");
          return new Rfm(
              row.getObject("person_id", UUID.class),
              row.getInt("recency_days"),
              row.getInt("frequency"),
              row.getBigDecimal("monetary"),
              r,
              f,
              m,
              Label.of(r, f, m).wireName());
        })
        .list();
  }
}
