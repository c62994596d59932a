package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.GraphError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The columns of an upload, by Meta's names. */
record Schema(List<Column> columns) {
  private static final Map<String, String> SINGLE =
      Map.of(
          "EMAIL_SHA256", "EMAIL",
          "PHONE_SHA256", "PHONE",
          "MOBILE_ADVERTISER_ID", "MADID");
  private static final Set<String> HASHED_IDS = Set.of("EMAIL", "PHONE");
  private static final Set<String> PLAIN_IDS = Set.of("MADID", "EXTERN_ID", "PAGEUID", "UID");
  private static final Set<String> TRAITS =
      Set.of("GEN", "DOBY", "DOBM", "DOBD", "LN", "FN", "FI", "CT", "ST", "ZIP", "COUNTRY");
  private static final Set<String> OTHERS =
      Set.of(
          "LOOKALIKE_VALUE",
          "DATA_PROCESSING_OPTIONS",
          "DATA_PROCESSING_OPTIONS_COUNTRY",
          "DATA_PROCESSING_OPTIONS_STATE");

  /** What a column is good for. */
  enum Kind {
    /** Tells people apart, hashed. */
    HASHED_ID,
    /** Tells people apart as it is. */
    PLAIN_ID,
    /** Says something about people, hashed: many share it. */
    TRAIT,
    VALUE,
    OPTION
  }

  /** A column with the name that keys bear. */
  record Column(String name, Kind kind) {
    boolean hashed() {
      return kind == Kind.HASHED_ID || kind == Kind.TRAIT;
    }
  }

  /** Reads {@code payload.schema}: one name, or a list of names. */
  static Schema of(JsonNode schema) {
    List<Column> columns = new ArrayList<>();
    if (schema.isString()) {
      columns.add(column(schema.asString()));
    } else if (schema.isArray()) {
      schema.forEach(name -> columns.add(column(name.asString(""))));
    }
    if (columns.isEmpty()) {
      throw GraphError.invalidParameter("The parameter payload.schema is required");
    }
    if (columns.stream().distinct().count() != columns.size()) {
      throw GraphError.invalidParameter("Param payload.schema names a key twice");
    }
    return new Schema(List.copyOf(columns));
  }

  private static Column column(String given) {
    String name = SINGLE.getOrDefault(given, given);
    if (HASHED_IDS.contains(name)) {
      return new Column(name, Kind.HASHED_ID);
    }
    if (PLAIN_IDS.contains(name)) {
      return new Column(name, Kind.PLAIN_ID);
    }
    if (TRAITS.contains(name)) {
      return new Column(name, Kind.TRAIT);
    }
    if (OTHERS.contains(name)) {
      return new Column(name, name.equals("LOOKALIKE_VALUE") ? Kind.VALUE : Kind.OPTION);
    }
    throw GraphError.invalidParameter(
        "Param payload.schema must be one of the documented keys, not \"" + given + "\"");
  }

  boolean has(String name) {
    return columns.stream().anyMatch(column -> column.name().equals(name));
  }

  boolean hasValue() {
    return columns.stream().anyMatch(column -> column.kind() == Kind.VALUE);
  }
}
