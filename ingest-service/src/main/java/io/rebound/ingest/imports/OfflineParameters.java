package io.rebound.ingest.imports;

import io.rebound.problems.InvalidRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a file of offline events is to be read, as its request says.
 *
 * @param headers what the file calls a column ({@code map.email=Kunden-Mail})
 * @param defaults what holds where a row leaves a column out ({@code currency=EUR})
 * @param delimiter between fields; null: found out from the header
 * @param timeZone of times that carry none
 */
record OfflineParameters(
    Map<OfflineColumn, String> headers,
    Map<OfflineColumn, String> defaults,
    @Nullable Character delimiter,
    ZoneId timeZone) {
  private static final String MAP = "map.";

  /**
   * @param ofSource what files of this source call a column; the request goes before it
   */
  static OfflineParameters of(Map<String, String> ofSource, Map<String, String> ofRequest) {
    var headers = new EnumMap<OfflineColumn, String>(OfflineColumn.class);
    var defaults = new EnumMap<OfflineColumn, String>(OfflineColumn.class);
    defaults.put(OfflineColumn.EVENT_NAME, "Purchase");
    defaults.put(OfflineColumn.ACTION_SOURCE, "physical_store");
    ofSource.forEach((column, header) -> headers.put(column(column, column), header));
    Character delimiter = null;
    ZoneId timeZone = ZoneOffset.UTC;
    for (var parameter : ofRequest.entrySet()) {
      String name = parameter.getKey();
      String value = parameter.getValue();
      if (name.equals("delimiter")) {
        delimiter = delimiter(value);
      } else if (name.equals("time_zone")) {
        timeZone = zone(value);
      } else if (name.startsWith(MAP)) {
        headers.put(column(name.substring(MAP.length()), name), value);
      } else {
        defaults.put(column(name, name), value);
      }
    }
    return new OfflineParameters(headers, defaults, delimiter, timeZone);
  }

  /** As the parameters of another request would say it. */
  Map<String, String> envelope() {
    var envelope = new LinkedHashMap<String, String>();
    envelope.put("time_zone", timeZone.getId());
    return envelope;
  }

  private static OfflineColumn column(String name, String parameter) {
    return OfflineColumn.ofWireName(name)
        .orElseThrow(() ->
            new InvalidRequest(
                parameter, "is no parameter of this import: it names no column that is known"));
  }

  private static Character delimiter(String value) {
    if (value.equals("tab") || value.equals("\t")) {
      return '\t';
    }
    if (value.length() == 1 && ",;|".contains(value)) {
      return value.charAt(0);
    }
    throw new InvalidRequest("delimiter", "must be a comma, semicolon, bar or tab");
  }

  private static ZoneId zone(String value) {
    try {
      return ZoneId.of(value);
    } catch (DateTimeException unknown) {
      throw new InvalidRequest("time_zone", "must be a time zone such as Europe/Berlin");
    }
  }
}
