package io.rebound.sandbox.conversions;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which keys came when, for as long as Meta takes a second one for the first. Guarded by its store.
 */
final class Receipts {
  private final LinkedHashMap<String, Receipt> byKey = new LinkedHashMap<>();
  private final int most;
  private final long window;

  Receipts(int most, Duration window) {
    this.most = most;
    this.window = window.toMillis();
  }

  /** When a key came first, and where its event is, if it is still kept. */
  record Receipt(long at, long position) {}

  @Nullable Receipt find(String key, long now) {
    Receipt known = byKey.get(key);
    return known != null && now - known.at() < window ? known : null;
  }

  void remember(String key, Receipt receipt) {
    byKey.remove(key); // so that the order stays that of arrival
    byKey.put(key, receipt);
  }

  void forgetOldest(long now) {
    Iterator<Receipt> receipts = byKey.values().iterator();
    while (receipts.hasNext()) {
      Receipt oldest = receipts.next();
      if (byKey.size() <= most && now - oldest.at() < window) {
        return;
      }
      receipts.remove();
    }
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  Iterable<Map.Entry<String, Receipt>> entries() {
    return byKey.entrySet();
  }

  void clear() {
    byKey.clear();
  }
}
