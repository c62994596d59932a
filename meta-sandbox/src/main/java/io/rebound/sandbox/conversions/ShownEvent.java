package io.rebound.sandbox.conversions;

import java.util.List;

/**
 * An event as the inspection shows it.
 *
 * @param browserCounts whether of two that are the same the browser's counts
 * @param matchKeys the keys of {@code user_data} by which Meta could find the person
 */
public record ShownEvent(
    long position,
    String name,
    String id,
    long receivedAt,
    int deliveries,
    String testCode,
    boolean fromServer,
    boolean fromBrowser,
    boolean browserCounts,
    List<String> matchKeys,
    List<String> diagnostics,
    byte[] json) {

  static ShownEvent of(StoredEvent stored) {
    return new ShownEvent(
        stored.position,
        stored.name,
        stored.id,
        stored.receivedAt,
        stored.deliveries,
        stored.sending.testCode(),
        stored.origins.server(),
        stored.origins.browser(),
        stored.origins.browserCounts(),
        CustomerInformation.keys(stored.matchKeys),
        stored.diagnostics(),
        stored.event.json());
  }
}
