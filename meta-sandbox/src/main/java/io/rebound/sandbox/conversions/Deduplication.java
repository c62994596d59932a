package io.rebound.sandbox.conversions;

import io.rebound.sandbox.conversions.Receipts.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which events are the same as one before. From Meta's pages on deduplicating events of Pixel and
 * server and on offline events. Guarded by its store.
 */
final class Deduplication {
  private final Receipts ids;
  private final Receipts browserTraces;
  private final Receipts offline;

  Deduplication(int most) {
    this.ids = new Receipts(most, Duration.ofHours(48));
    this.browserTraces = new Receipts(most, Duration.ofHours(48));
    this.offline = new Receipts(most, Duration.ofDays(7));
  }

  /** The receipt of the event this one is the same as, if there is one. */
  @Nullable Receipt find(ReceivedEvent event, long at) {
    if (!event.key().isEmpty()) {
      return receipts(event.key()).find(event.key(), at);
    }
    if (event.browser() || browserTraces.isEmpty()) {
      return null; // never within one source
    }
    return event.traces().stream()
        .map(trace -> browserTraces.find(trace, at))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  void remember(StoredEvent stored) {
    var receipt = new Receipt(stored.receivedAt, stored.position);
    String key = stored.event.key();
    if (!key.isEmpty()) {
      receipts(key).remember(key, receipt);
    }
    if (stored.origins.browser()) {
      stored.event.traces().forEach(trace -> browserTraces.remember(trace, receipt));
    }
  }

  /** Remembers the key of an event that isn't kept any more. */
  void remember(String key, long at) {
    receipts(key).remember(key, new Receipt(at, 0));
  }

  void forgetOldest(long now) {
    ids.forgetOldest(now);
    browserTraces.forgetOldest(now);
    offline.forgetOldest(now);
  }

  /** Tells the keys, and when they came, of events that aren't kept any more. */
  void forEachGone(LongPredicate kept, BiConsumer<String, Long> told) {
    for (Receipts some : List.of(ids, offline)) {
      for (Map.Entry<String, Receipt> entry : some.entries()) {
        if (!kept.test(entry.getValue().position())) {
          told.accept(entry.getKey(), entry.getValue().at());
        }
      }
    }
  }

  void clear() {
    ids.clear();
    browserTraces.clear();
    offline.clear();
  }

  private Receipts receipts(String key) {
    return key.startsWith(EventKeys.OFFLINE) ? offline : ids;
  }
}
