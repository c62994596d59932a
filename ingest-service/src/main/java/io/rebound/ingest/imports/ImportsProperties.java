package io.rebound.ingest.imports;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What may be imported and how its reports are kept.
 *
 * @param largestUpload of one import, after decompression
 * @param longestRow of a file, in characters, quotes included
 * @param mostColumns of a CSV file
 * @param batchRows rows that are published, and ticked off, together; what an import holds in
 *     memory grows with it
 * @param atOnce imports that run at the same time; a further one is told to come again
 * @param idle how long an upload may stand still before it is given up; it goes on with its key
 * @param keptErrors rows at fault that an import's report keeps; all are counted
 * @param retention how long reports are kept, and with them the memory of a finished key
 * @param columns by source and column, what the source's files call the column
 */
@ConfigurationProperties("rebound.ingest.imports")
record ImportsProperties(
    @DefaultValue("4GB") DataSize largestUpload,
    @DefaultValue("64KB") DataSize longestRow,
    @DefaultValue("200") int mostColumns,
    @DefaultValue("500") int batchRows,
    @DefaultValue("4") int atOnce,
    @DefaultValue("60s") Duration idle,
    @DefaultValue("10000") int keptErrors,
    @DefaultValue("90d") Duration retention,
    @DefaultValue Map<String, Map<String, String>> columns) {

  /** What the source's files call a column, by our name of it. */
  Map<String, String> columnsOf(String source) {
    return columns.getOrDefault(source, Map.of());
  }
}
