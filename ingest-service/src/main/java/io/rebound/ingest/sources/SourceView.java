package io.rebound.ingest.sources;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rebound.ingest.sources.SourceTable.StoredSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source as the API shows it.
 *
 * @param definition its fields stand beside the others; without keys
 * @param configured given by configuration, so that the API can't change it
 * @param enabled false once it was deleted; {@code PUT} enables it again
 * @param revision grows with every change
 */
record SourceView(
    @JsonUnwrapped SourceDefinition definition,
    boolean configured,
    boolean enabled,
    @Nullable Long revision,
    @Nullable Instant createdAt,
    @Nullable String createdBy,
    @Nullable Instant changedAt,
    @Nullable String changedBy) {

  static SourceView of(ConfiguredSources.Configured source) {
    return new SourceView(source.definition(), true, true, null, null, null, null, null);
  }

  static SourceView of(StoredSource source) {
    return new SourceView(
        source.definition(),
        false,
        source.disabledAt() == null,
        source.revision(),
        source.createdAt(),
        source.createdBy(),
        source.changedAt(),
        source.changedBy());
  }

  String id() {
    return definition.id();
  }
}
