package io.rebound.identity.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as the doors show it.
 *
 * @param type {@code access} or {@code erasure}
 * @param status {@code pending}, {@code overdue} or {@code completed}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RequestView(
    UUID requestId,
    String type,
    String status,
    Instant requestedAt,
    Instant dueAt,
    @Nullable Instant completedAt,
    List<Receipt> receipts,
    @Nullable Export export) {

  /** What one service answered. */
  record Receipt(
      String service, Instant at, Map<String, Long> counts, Map<String, Instant> agesOut) {}

  RequestView with(List<Receipt> given) {
    return new RequestView(requestId, type, status, requestedAt, dueAt, completedAt, given, export);
  }

  RequestView with(@Nullable Export document) {
    return new RequestView(
        requestId, type, status, requestedAt, dueAt, completedAt, receipts, document);
  }
}
