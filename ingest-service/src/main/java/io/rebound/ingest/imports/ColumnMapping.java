package io.rebound.ingest.imports;

import io.rebound.problems.InvalidRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which field of a row is what; makes an object of a row, with our names of the columns. */
final class ColumnMapping {
  static final String OTHER = "other";
  static final String SURPLUS = "surplus";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<String> header;
  private final List<Optional<OfflineColumn>> columns;
  private final Map<OfflineColumn, String> defaults;

  private ColumnMapping(
      List<String> header,
      List<Optional<OfflineColumn>> columns,
      Map<OfflineColumn, String> defaults) {
    this.header = header;
    this.columns = columns;
    this.defaults = defaults;
  }

  /** Throws {@link InvalidRequest} if rows under that header can't become events. */
  static ColumnMapping of(List<String> header, OfflineParameters parameters) {
    var columns = new ArrayList<Optional<OfflineColumn>>(header.size());
    var found = EnumSet.noneOf(OfflineColumn.class);
    for (String name : header) {
      Optional<OfflineColumn> column = column(name.strip(), parameters.headers());
      if (column.isPresent() && !found.add(column.get()) && !column.get().several()) {
        throw new InvalidRequest(
            "header", "has the column " + column.get().wireName() + " more than once");
      }
      columns.add(column);
    }
    check(found, parameters);
    return new ColumnMapping(List.copyOf(header), columns, parameters.defaults());
  }

  /** A column that is mapped by name isn't looked for under its other names. */
  private static Optional<OfflineColumn> column(String name, Map<OfflineColumn, String> mapped) {
    Optional<OfflineColumn> byMap =
        mapped.entrySet().stream()
            .filter(entry -> entry.getValue().strip().equalsIgnoreCase(name))
            .map(Map.Entry::getKey)
            .findFirst();
    return byMap.isPresent()
        ? byMap
        : OfflineColumn.ofHeader(name).filter(column -> !mapped.containsKey(column));
  }

  private static void check(Set<OfflineColumn> found, OfflineParameters parameters) {
    for (OfflineColumn column : parameters.headers().keySet()) {
      if (!found.contains(column)) {
        throw new InvalidRequest(
            "map." + column.wireName(), "names a column that the file doesn't have");
      }
    }
    if (!found.contains(OfflineColumn.EVENT_TIME)
        && !parameters.defaults().containsKey(OfflineColumn.EVENT_TIME)) {
      throw new InvalidRequest("header", "must have a column event_time");
    }
    if (found.stream().noneMatch(OfflineColumn::tellsWho)) {
      throw new InvalidRequest(
          "header", "must have a column that tells who it was: email, phone, external_id, madid");
    }
  }

  /** What isn't known stays with the row under the file's own name. */
  ObjectNode row(List<String> fields) {
    ObjectNode row = JSON.createObjectNode();
    for (int i = 0; i < Math.min(fields.size(), columns.size()); i++) {
      String value = fields.get(i).strip();
      if (value.isEmpty()) {
        continue;
      }
      Optional<OfflineColumn> column = columns.get(i);
      if (column.isEmpty()) {
        row.withObject("/" + OTHER).put(header.get(i), value);
      } else if (column.get().several()) {
        list(row, column.get()).add(value);
      } else {
        row.put(column.get().wireName(), value);
      }
    }
    defaults.forEach((column, value) -> {
      if (!row.has(column.wireName())) {
        row.put(column.wireName(), value);
      }
    });
    long surplus = fields.stream().skip(columns.size()).filter(field -> !field.isBlank()).count();
    if (surplus > 0) {
      row.put(SURPLUS, surplus);
    }
    return row;
  }

  private static ArrayNode list(ObjectNode row, OfflineColumn column) {
    return row.get(column.wireName()) instanceof ArrayNode list
        ? list
        : row.putArray(column.wireName());
  }
}
