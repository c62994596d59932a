package io.rebound.sandbox.conversions;

import java.util.List;
import java.util.Optional;

/** An event as the inspection shows it. */
public record ShownEvent(
    long position,
    String name,
    String id,
    long receivedAt,
    int deliveries,
    String testCode,
    List<String> diagnostics,
    byte[] json) {

  static Optional<ShownEvent> of(StoredEvent stored) {
    byte[] json = stored.json;
    return json == null
        ? Optional.empty()
        : Optional.of(
            new ShownEvent(
                stored.position,
                stored.name,
                stored.id,
                stored.receivedAt,
                stored.deliveries,
                stored.testCode,
                stored.diagnostics,
                json));
  }
}
