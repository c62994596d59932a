package io.rebound.sandbox.conversions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event that counts, with how often it was delivered. Guarded by its store. */
final class StoredEvent {
  final long position;
  final String key;
  final String name;
  final String id;
  final long receivedAt;
  final String testCode;
  final List<String> diagnostics;
  volatile byte @Nullable [] json; // gone when only the id is still remembered
  volatile int deliveries;

  StoredEvent(
      long position, ReceivedEvent event, long receivedAt, String testCode, int deliveries) {
    this.position = position;
    this.key = event.deduplicated() ? event.key() : "";
    this.name = event.name();
    this.id = event.id();
    this.receivedAt = receivedAt;
    this.testCode = testCode;
    this.diagnostics = event.diagnostics();
    this.json = event.json();
    this.deliveries = deliveries;
  }
}
