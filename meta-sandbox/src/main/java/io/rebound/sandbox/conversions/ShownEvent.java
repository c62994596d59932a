package io.rebound.sandbox.conversions;

import java.util.List;

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

  static ShownEvent of(StoredEvent stored) {
    return new ShownEvent(
        stored.position,
        stored.name,
        stored.id,
        stored.receivedAt,
        stored.deliveries,
        stored.testCode,
        stored.diagnostics,
        stored.json);
  }
}
