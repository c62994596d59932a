package io.rebound.ingest.sources;

import io.rebound.problems.InvalidRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/**
 * Which revisions of a source a change may replace: {@code If-Match} of RFC 9110, 13.1.1. Who gives
 * the ETag they read doesn't undo what somebody else changed meanwhile.
 *
 * @param revisions null: whatever is there
 */
record IfMatch(@Nullable List<Long> revisions) {

  static String etag(long revision) {
    return "\"" + revision + "\"";
  }

  /**
   * @param header null: it wasn't given, so that anything may be replaced
   */
  static IfMatch of(@Nullable String header) {
    if (header == null) {
      return new IfMatch(null);
    }
    List<ETag> tags = ETag.parse(header);
    if (tags.isEmpty()) {
      throw new InvalidRequest("If-Match", "must be the ETag of a source, or *");
    }
    return tags.stream().anyMatch(ETag::isWildcard)
        ? new IfMatch(null)
        : new IfMatch(tags.stream().map(IfMatch::revision).toList());
  }

  /** None of ours matches a weak or a foreign one. */
  private static long revision(ETag tag) {
    try {
      return tag.weak() ? -1 : Long.parseLong(tag.tag());
    } catch (NumberFormatException foreign) {
      return -1;
    }
  }

  Long @Nullable [] array() {
    return revisions == null ? null : revisions.toArray(Long[]::new);
  }
}
