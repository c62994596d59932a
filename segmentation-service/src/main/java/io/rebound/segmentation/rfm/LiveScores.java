package io.rebound.segmentation.rfm;

import static java.time.ZoneOffset.UTC;

import io.rebound.segmentation.people.Person;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The edges that live scores go by, and whose scores they change. */
@Repository
public class LiveScores {
  private final JdbcClient jdbc;
  private final RfmProperties properties;

  LiveScores(JdbcClient jdbc, RfmProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  public Edges edges() {
    return jdbc.sql("select day, recency_days, frequency, monetary from rfm_edges")
        .query((row, _) ->
            new Edges(
                row.getObject("day", LocalDate.class),
                decimals(row, "recency_days"),
                decimals(row, "frequency"),
                decimals(row, "monetary")))
        .single();
  }

  private static List<BigDecimal> decimals(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return List.of((BigDecimal[]) array.getArray());
  }

  /** What a person bought and how they score now; empty for who never bought. */
  public Optional<Rfm> of(Person person, Instant now) {
    Instant last = person.lastPurchaseAt();
    return last == null
        ? Optional.empty()
        : edges()
            .scores(last, person.orders(), person.spent())
            .map(scores ->
                new Rfm(
                    null,
                    (int) Edges.wholeDays(last, now),
                    person.orders(),
                    person.spent(),
                    scores.r(),
                    scores.f(),
                    scores.m(),
                    scores.label().wireName()));
  }

  /**
   * Computes the edges anew if a new day has begun, or if purchases changed and the edges are old
   * enough. Several threads may ask; one does it.
   *
   * @return whether scores may differ now
   */
  public boolean refreshIfDue(Instant now) {
    LocalDate day = LocalDate.ofInstant(now, UTC);
    if (!due(now, day)) {
      return false;
    }
    Optional<Edges> before =
        jdbc.sql("select id from rfm_edges for update skip locked")
            .query(Boolean.class)
            .optional()
            .map(_ -> edges());
    if (before.isEmpty()) {
      return false; // somebody else is at it
    }
    // changes of transactions that haven't committed yet are seen neither here nor below: theirs is
    // the next time
    jdbc.sql("delete from rfm_change").update();
    // another instance's clock may have seen midnight first: days don't go back
    LocalDate known = before.get().day();
    compute(now, known.isAfter(day) ? known : day);
    return !edges().equals(before.get());
  }

  private boolean due(Instant now, LocalDate day) {
    return jdbc.sql(
            """
            select day < :day or computed_at <= :oldest and exists (select from rfm_change)
            from rfm_edges
            """)
        .param("day", day)
        .param("oldest", Timestamp.from(now.minus(properties.edgesEvery())))
        .query(Boolean.class)
        .single();
  }

  private void compute(Instant now, LocalDate day) {
    jdbc.sql(
            """
            with customers as materialized (
              select whole_days(last_purchase_at, :at) as recency_days, orders, spent
              from person where orders > 0
            ), edges as (
              select count(*) as customers,
                quintile_edges(array_agg(recency_days::numeric order by recency_days)) as recency,
                quintile_edges(array_agg(orders::numeric order by orders)) as frequency,
                quintile_edges(array_agg(spent order by spent)) as monetary
              from customers
            )
            update rfm_edges set day = :day, computed_at = :now,
              customers = e.customers, recency_days = e.recency, frequency = e.frequency,
              monetary = e.monetary
            from edges e
            """)
        .param("at", Timestamp.from(Edges.analysisTime(day)))
        .param("day", day)
        .param("now", Timestamp.from(now))
        .update();
  }

  /**
   * The first persons of a partition, after one, whose scores are others than they were judged by.
   */
  public List<UUID> differing(int partition, UUID after, int limit) {
    Edges edges = edges();
    return jdbc.sql(
            """
            select p.person_id from person p
            where p.partition = :partition and p.person_id > :after and p.orders > 0
              and (p.r, p.f, p.m) is distinct from (
                6 - quintile(whole_days(p.last_purchase_at, :at), :recency::numeric[]),
                quintile(p.orders, :frequency::numeric[]),
                quintile(p.spent, :monetary::numeric[]))
            order by p.person_id limit :limit
            """)
        .param("partition", partition)
        .param("after", after)
        .param("at", Timestamp.from(Edges.analysisTime(edges.day())))
        .param("recency", edges.recency().toArray(BigDecimal[]::new))
        .param("frequency", edges.frequency().toArray(BigDecimal[]::new))
        .param("monetary", edges.monetary().toArray(BigDecimal[]::new))
        .param("limit", limit)
        .query(UUID.class)
        .list();
  }
}
