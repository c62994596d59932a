package io.rebound.sealing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows hold envelopes sealed to which key, so that an operator sees when an old key is
 * needed no more.
 */
public final class SealedRowGauge {
  private final MultiGauge gauge;
  private final Map<String, Map<Long, Long>> byTable = new HashMap<>();

  /**
   * @param service the service's short name
   */
  public SealedRowGauge(MeterRegistry registry, String service) {
    gauge =
        MultiGauge.builder("rebound_" + service.replace('-', '_') + "_sealed_rows")
            .description("Rows with envelopes that are sealed to this key")
            .register(registry);
  }

  /** What a table holds now, by the set of keys that a row's envelopes are sealed to. */
  public synchronized void counted(String table, Map<List<Long>, Long> counts) {
    var byKey = new HashMap<Long, Long>();
    // one that had rows is shown as empty, not left out
    byTable.getOrDefault(table, Map.of()).keySet().forEach(key -> byKey.put(key, 0L));
    counts.forEach((keys, rows) -> keys.forEach(key -> byKey.merge(key, rows, Long::sum)));
    byTable.put(table, byKey);
    var rows = new ArrayList<Row<?>>();
    byTable.forEach((name, keys) ->
        keys.forEach((key, count) ->
            rows.add(Row.of(Tags.of("table", name, "key", String.valueOf(key)), count))));
    gauge.register(rows, true);
  }
}
