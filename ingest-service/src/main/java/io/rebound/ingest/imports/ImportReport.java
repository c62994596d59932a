package io.rebound.ingest.imports;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of an import's rows.
 *
 * @param state running, stopped (its key goes on with it) or done
 * @param stoppedBy why it stands still
 * @param errors the first of the rows at fault; null in lists
 */
record ImportReport(
    long importId,
    String source,
    String kind,
    String state,
    @Nullable String stoppedBy,
    Instant receivedAt,
    Instant updatedAt,
    long rows,
    long accepted,
    long rejected,
    @Nullable List<RowError> errors) {

  static ImportReport of(Import found, @Nullable List<RowError> errors) {
    return new ImportReport(
        found.id(),
        found.source(),
        found.kind().wireName(),
        found.state().name().toLowerCase(Locale.ROOT),
        found.stoppedBy(),
        found.receivedAt(),
        found.updatedAt(),
        found.rows(),
        found.accepted(),
        found.rejected(),
        errors);
  }
}
