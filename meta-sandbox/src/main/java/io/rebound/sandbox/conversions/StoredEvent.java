package io.rebound.sandbox.conversions;

import java.util.List;

/** An event that counts, with how often it was delivered. Guarded by its store. */
final class StoredEvent {
  final long position;
  final String key;
  final String name;
  final String id;
  final long receivedAt;
  final String testCode;
  final boolean web;
  final long happenedAt;
  final long matchKeys;
  final List<String> diagnostics;
  final byte[] json;
  volatile int deliveries;

  StoredEvent(
      long position, ReceivedEvent event, long receivedAt, String testCode, int deliveries) {
    this.position = position;
    this.key = event.deduplicated() ? event.key() : "";
    this.name = event.name();
    this.id = event.id();
    this.receivedAt = receivedAt;
    this.testCode = testCode;
    this.web = event.web();
    this.happenedAt = event.happenedAt();
    this.matchKeys = event.review().matchKeys();
    this.diagnostics = event.review().diagnostics();
    this.json = event.json();
    this.deliveries = deliveries;
  }
}
