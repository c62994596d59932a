package io.rebound.catalogfeed.products;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of products. */
@Repository
public class Products {
  private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int FETCHED_AT_ONCE = 500;

  private final JdbcClient jdbc;
  private final Clock clock;

  Products(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** As they are from now on; of several with one id the last one. */
  void put(List<Product> products) {
    var byId = new TreeMap<String, Product>();
    products.forEach(product -> byId.put(product.id(), product));
    jdbc.sql(
            """
            insert into product (id, fields, updated_at)
            select id, fields::jsonb, :now from unnest(:ids::text[], :fields::text[]) as n (id, fields)
            on conflict (id) do update set
              fields = excluded.fields, updated_at = excluded.updated_at
            where product.fields <> excluded.fields
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("ids", byId.keySet().toArray(String[]::new))
        .param(
            "fields",
            byId.values().stream()
                .map(product -> JSON.writeValueAsString(product.fields()))
                .toArray(String[]::new))
        .update();
  }

  Optional<Product> find(String id) {
    return jdbc.sql("select id, fields from product where id = :id")
        .param("id", id)
        .query((row, _) -> product(row))
        .optional();
  }

  /** As {@link #find}, and nobody else changes it until the transaction ends. */
  Optional<Product> hold(String id) {
    return jdbc.sql("select id, fields from product where id = :id for update")
        .param("id", id)
        .query((row, _) -> product(row))
        .optional();
  }

  boolean delete(String id) {
    return jdbc.sql("delete from product where id = :id").param("id", id).update() == 1;
  }

  List<Product> list(@Nullable String after, int limit) {
    return jdbc.sql(
            "select id, fields from product where id > coalesce(:after, '') order by id limit :limit")
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> product(row))
        .list();
  }

  /**
   * All products in the order of their ids, fetched as they are read: memory doesn't grow with
   * them. Needs a transaction around it; close it.
   */
  public Stream<Product> all() {
    return jdbc
        .sql("select id, fields from product order by id")
        .withFetchSize(FETCHED_AT_ONCE)
        .query((row, _) -> product(row))
        .stream();
  }

  /** How many there are, and when one changed last. */
  public record Count(long products, @Nullable Instant changedAt) {}

  /** The table's size by a full count: seldom. */
  public Count count() {
    return jdbc.sql("select count(*), max(updated_at) from product")
        .query((row, _) -> {
          Timestamp changed = row.getTimestamp(2);
          return new Count(row.getLong(1), changed == null ? null : changed.toInstant());
        })
        .single();
  }

  private static Product product(ResultSet row) throws SQLException {
    return new Product(row.getString("id"), JSON.readValue(row.getString("fields"), FIELDS));
  }
}
