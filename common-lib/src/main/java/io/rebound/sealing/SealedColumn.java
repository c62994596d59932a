package io.rebound.sealing;

import static java.util.stream.Collectors.joining;

import io.rebound.events.EventJson;
import io.rebound.events.SealedWithEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/**
 * A column of a table that keeps sealed envelopes, as JSON in a {@code text}. Beside it the column
 * {@code sealing_keys bigint[]} says, without opening them, which keys a row's envelopes are sealed
 * to ({@link SealingKeyId}), sorted.
 */
public final class SealedColumn {
  private static final TypeReference<List<SealedWithEvent>> SEVERAL = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final String table;
  private final String column;
  private final List<Key> keys;
  private final Function<String, List<SealedWithEvent>> read;
  private final Function<List<SealedWithEvent>, Object> written;

  /** A column of the primary key. */
  public record Key(String column, String type) {
    public static Key uuid(String column) {
      return new Key(column, "uuid");
    }

    public static Key text(String column) {
      return new Key(column, "text");
    }
  }

  /**
   * A row whose envelopes are to be sealed anew.
   *
   * @param id the primary key's values
   * @param before the column's text, which must stand there still when it is replaced
   */
  record Row(List<String> id, String before, List<SealedWithEvent> envelopes) {
    Row with(List<SealedWithEvent> others) {
      return new Row(id, before, others);
    }
  }

  private SealedColumn(
      JdbcClient jdbc,
      String table,
      String column,
      List<Key> keys,
      Function<String, List<SealedWithEvent>> read,
      Function<List<SealedWithEvent>, Object> written) {
    this.jdbc = jdbc;
    this.table = table;
    this.column = column;
    this.keys = keys;
    this.read = read;
    this.written = written;
  }

  /** One that holds a single envelope, an object. */
  public static SealedColumn ofOne(JdbcClient jdbc, String table, String column, Key... keys) {
    return new SealedColumn(
        jdbc,
        table,
        column,
        List.of(keys),
        json -> List.of(EventJson.MAPPER.readValue(json, SealedWithEvent.class)),
        List::getFirst);
  }

  /** One that holds a list of them. */
  public static SealedColumn ofSeveral(JdbcClient jdbc, String table, String column, Key... keys) {
    return new SealedColumn(
        jdbc,
        table,
        column,
        List.of(keys),
        json -> EventJson.MAPPER.readValue(json, SEVERAL),
        envelopes -> envelopes);
  }

  /** The table's name, for the metric. */
  String table() {
    return table;
  }

  /** How many rows there are for each set of keys that envelopes of a row are sealed to. */
  Map<List<Long>, Long> counts() {
    var counts = new HashMap<List<Long>, Long>();
    jdbc.sql(
            """
            select sealing_keys, count(*) from %s
            where %s is not null and sealing_keys <> '{}' group by sealing_keys
            """
                .formatted(table, column))
        .query(row -> {
          counts.put(Arrays.asList((Long[]) row.getArray(1).getArray()), row.getLong(2));
        });
    return counts;
  }

  /**
   * Rows of exactly that set of keys, by id.
   *
   * @param after the last row's id of the step before; null at first
   */
  List<Row> sealedTo(List<Long> sealingKeys, @Nullable List<String> after, int most) {
    String later =
        after == null
            ? ""
            : "and (%s) > (%s)".formatted(each(Key::column), each(key -> ":" + typed(key)));
    return jdbc.sql(
            """
            select %2$s, %3$s from %1$s
            where sealing_keys = :keys::bigint[] and %2$s is not null %5$s
            order by %4$s limit :most
            """
                .formatted(
                    table, column, each(key -> key.column() + "::text"), each(Key::column), later))
        .param("keys", sealingKeys.toArray(Long[]::new))
        .params(after == null ? Map.of() : named(place -> after.get(place)))
        .param("most", most)
        .query((row, _) -> {
          var id = new ArrayList<String>(keys.size());
          for (int place = 0; place < keys.size(); place++) {
            id.add(row.getString(2 + place));
          }
          return new Row(id, row.getString(1), read.apply(row.getString(1)));
        })
        .list();
  }

  /**
   * Replaces the envelopes of those rows that still hold what they held. Rows that somebody else is
   * writing are left out, so that whoever waits for nobody is in nobody's way: they come again.
   */
  void replace(List<Row> rows) {
    jdbc.sql(
            """
            with news as (
              select * from unnest(%3$s, :befores::text[], :afters::text[])
                as n (%4$s, before, after)),
            held as materialized (
              select %5$s from %1$s t join news n using (%4$s)
              where t.%2$s = n.before for update of t skip locked)
            update %1$s t set %2$s = n.after
            from held join news n using (%4$s)
            where (%5$s) = (%6$s)
            """
                .formatted(
                    table,
                    column,
                    each(key -> ":%s::text[]::%s[]".formatted(key.column(), key.type())),
                    each(Key::column),
                    each(key -> "t." + key.column()),
                    each(key -> "held." + key.column())))
        .params(
            named(place -> rows.stream().map(row -> row.id().get(place)).toArray(String[]::new)))
        .param("befores", rows.stream().map(Row::before).toArray(String[]::new))
        .param(
            "afters",
            rows.stream()
                .map(row -> EventJson.MAPPER.writeValueAsString(written.apply(row.envelopes())))
                .toArray(String[]::new))
        .update();
  }

  private static String typed(Key key) {
    return key.column() + "::text::" + key.type();
  }

  private String each(Function<Key, String> of) {
    return keys.stream().map(of).collect(joining(", "));
  }

  /** A parameter for each column of the key, under its name. */
  private Map<String, Object> named(Function<Integer, Object> value) {
    Map<String, Object> named = new HashMap<>();
    IntStream.range(0, keys.size())
        .forEach(place -> named.put(keys.get(place).column(), value.apply(place)));
    return Collections.unmodifiableMap(named);
  }
}
