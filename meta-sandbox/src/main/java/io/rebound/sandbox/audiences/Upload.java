package io.rebound.sandbox.audiences;

import io.rebound.sandbox.audiences.Schema.Column;
import io.rebound.sandbox.audiences.Schema.Kind;
import io.rebound.sandbox.graph.GraphError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * People to add or to remove.
 *
 * @param schema the names of the columns
 * @param received how many rows came
 * @param rows the usable ones, each as its keys
 * @param invalid how many rows had something wrong, or nothing in them
 * @param samples some of what was wrong, by the number of its row
 */
record Upload(
    List<String> schema,
    int received,
    List<List<String>> rows,
    int invalid,
    Map<String, String> samples) {
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_SAMPLES = 100;
  private static final int TRAITS_THAT_TELL = 3;
  private static final int HASH_LENGTH = 64;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Reads {@code payload}; what Meta refuses as a whole is thrown. */
  static Upload of(JsonNode payload, boolean valueBased) {
    if (!payload.isObject()) {
      throw GraphError.invalidParameter("The parameter payload is required");
    }
    Schema schema = Schema.of(payload.path("schema"));
    JsonNode data = payload.path("data");
    if (!data.isArray() || data.isEmpty()) {
      throw GraphError.invalidParameter("The parameter payload.data is required");
    }
    if (data.size() > MOST_ROWS) {
      throw GraphError.invalidParameter(
          "Param payload.data may have " + MOST_ROWS + " rows, not " + data.size());
    }
    if (schema.hasValue() && !valueBased) {
      throw GraphError.invalidParameter("LOOKALIKE_VALUE needs a value-based audience");
    }
    if (schema.has("PAGEUID") && payload.path("page_ids").size() != 1) {
      throw GraphError.invalidParameter("PAGEUID needs exactly one of page_ids");
    }
    var reader = new Reader(schema);
    for (JsonNode row : data) {
      reader.read(row);
    }
    return new Upload(
        schema.columns().stream().map(Column::name).toList(),
        data.size(),
        reader.rows,
        reader.invalid,
        reader.samples);
  }

  private static final class Reader {
    private final Schema schema;
    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, String> samples = new LinkedHashMap<>();
    private int position = -1;
    private int invalid;

    Reader(Schema schema) {
      this.schema = schema;
    }

    void read(JsonNode row) {
      position++;
      List<String> keys = new ArrayList<>(schema.columns().size());
      List<String> traits = new ArrayList<>();
      boolean bad = false;
      boolean blank = true;
      for (int i = 0; i < schema.columns().size(); i++) {
        Column column = schema.columns().get(i);
        String value = value(column, cell(row, i));
        if (value.isEmpty()) {
          continue;
        }
        blank = false;
        if (column.hashed() && !HASH.matcher(value).matches()) {
          bad = true;
          sample(value);
        } else if (column.kind() == Kind.TRAIT) {
          traits.add(column.name() + ":" + value);
        } else if (column.kind() == Kind.HASHED_ID || column.kind() == Kind.PLAIN_ID) {
          keys.add(column.name() + ":" + value);
        }
      }
      if (bad || blank) {
        invalid++;
      }
      if (keys.isEmpty() && traits.size() >= TRAITS_THAT_TELL) {
        keys.add(traits.stream().sorted().collect(Collectors.joining("|", "TRAITS:", "")));
      }
      if (!keys.isEmpty()) {
        rows.add(keys);
      }
    }

    // a single key comes bare or as a row of one
    private JsonNode cell(JsonNode row, int column) {
      int width = schema.columns().size();
      if (row.isArray()) {
        if (row.size() != width) {
          throw GraphError.invalidParameter(
              "Param payload.data[%d] must have %d values as its schema has, not %d"
                  .formatted(position, width, row.size()));
        }
        return row.path(column);
      }
      if (width != 1 || row.isObject()) {
        throw GraphError.invalidParameter(
            "Param payload.data[%d] must be an array".formatted(position));
      }
      return row;
    }

    private static String value(Column column, JsonNode cell) {
      String value = cell.isContainer() ? "" : cell.asString("").strip();
      return switch (column.kind()) {
        case HASHED_ID, TRAIT -> withoutSuffix(value);
        case PLAIN_ID -> column.name().equals("MADID") ? value.toLowerCase(Locale.ROOT) : value;
        case VALUE -> checkedValue(value);
        case OPTION -> "";
      };
    }

    private static String checkedValue(String value) {
      try {
        if (!value.isEmpty() && !(Double.parseDouble(value) >= 0)) {
          throw GraphError.invalidParameter("LOOKALIKE_VALUE must not be negative");
        }
      } catch (NumberFormatException e) {
        throw GraphError.invalidParameter("LOOKALIKE_VALUE must be a number");
      }
      return "";
    }

    // Meta's parameter builder puts its own mark behind a hash
    private static String withoutSuffix(String value) {
      return value.length() > HASH_LENGTH && value.charAt(HASH_LENGTH) == '.'
          ? value.substring(0, HASH_LENGTH)
          : value;
    }

    private void sample(String value) {
      if (samples.size() < MOST_SAMPLES) {
        samples.putIfAbsent(String.valueOf(position), value);
      }
    }
  }

  /** Never shows a key: this is personal data. */
  @Override
  public String toString() {
    return "Upload[" + received + " rows, " + invalid + " invalid]";
  }
}
