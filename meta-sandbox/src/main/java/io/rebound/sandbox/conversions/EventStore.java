package io.rebound.sandbox.conversions;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events taken. One with the name and id of another that came at most 48 hours earlier counts
 * as that one, delivered once more.
 */
@Component
public class EventStore implements Journaled {
  private static final long WINDOW = Duration.ofHours(48).toMillis();

  private final Journal journal;
  private final SandboxProperties.Bounds bounds;
  private final ConcurrentNavigableMap<Long, StoredEvent> events = new ConcurrentSkipListMap<>();
  private final LinkedHashMap<String, Receipt> remembered = new LinkedHashMap<>();
  private final EventCounts counts = new EventCounts();
  private long lastPosition;
  private int kept; // the map's own size is slow

  EventStore(Journal journal, SandboxProperties properties) {
    this.journal = journal;
    this.bounds = properties.bounds();
  }

  synchronized void add(List<ReceivedEvent> received, long at, String testCode) {
    received.forEach(event -> add(event, at, testCode));
    journal.append(kind(), () -> EventChanges.received(received, at, testCode));
  }

  synchronized void refused() {
    counts.refused();
  }

  private void add(ReceivedEvent event, long at, String testCode) {
    Receipt known = event.deduplicated() ? remembered.get(event.key()) : null;
    boolean repeated = known != null && at - known.at() < WINDOW;
    counts.received(event, !repeated);
    if (repeated && known != null) {
      StoredEvent stored = events.get(known.position());
      if (stored != null) {
        stored.deliveries++;
      }
    } else {
      keep(new StoredEvent(++lastPosition, event, at, testCode, 1));
    }
    forgetOldest(at);
  }

  private void keep(StoredEvent stored) {
    events.put(stored.position, stored);
    kept++;
    if (!stored.key.isEmpty()) {
      remembered.remove(stored.key); // so that the order stays that of arrival
      remembered.put(stored.key, new Receipt(stored.receivedAt, stored.position));
    }
  }

  private void forgetOldest(long now) {
    while (kept > bounds.events()) {
      events.pollFirstEntry();
      kept--;
    }
    Iterator<Receipt> ids = remembered.values().iterator();
    while (ids.hasNext()) {
      Receipt oldest = ids.next();
      if (remembered.size() <= bounds.rememberedIds() && now - oldest.at() < WINDOW) {
        return;
      }
      ids.remove();
    }
  }

  /** Events behind a position, oldest first. */
  public List<ShownEvent> after(long position, int limit, Predicate<ShownEvent> wanted) {
    return shown(events.tailMap(position, false), limit, wanted);
  }

  /** Events before a position, newest first. */
  public List<ShownEvent> newestBefore(long position, int limit, Predicate<ShownEvent> wanted) {
    return shown(events.headMap(position, false).descendingMap(), limit, wanted);
  }

  /** The website events since then, each once. */
  List<StoredEvent> webSince(long millis) {
    return events.values().stream()
        .filter(event -> event.web && event.receivedAt >= millis)
        .toList();
  }

  private static List<ShownEvent> shown(
      Map<Long, StoredEvent> some, int limit, Predicate<ShownEvent> wanted) {
    return some.values().stream().map(ShownEvent::of).filter(wanted).limit(limit).toList();
  }

  /** Received, unique and duplicate counts, in all and by name. */
  public synchronized ObjectNode stats() {
    return counts.shown();
  }

  @Override
  public String kind() {
    return "events";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    switch (change.path("op").asString("")) {
      case "received" ->
          change
              .path("events")
              .forEach(event ->
                  add(
                      ReceivedEvent.of(event),
                      change.path("at").asLong(),
                      change.path("test").asString("")));
      case "kept" -> keep(EventChanges.kept(change));
      case "remembered" ->
          remembered.put(
              change.path("key").asString(""), new Receipt(change.path("at").asLong(), 0));
      case "counts" -> {
        counts.restore(change.path("counts"));
        lastPosition = Math.max(lastPosition, change.path("last").asLong());
      }
      default -> {}
    }
  }

  @Override
  public synchronized void compact(Sink sink) throws IOException {
    // ids whose events are gone come first: they are the oldest
    for (Map.Entry<String, Receipt> entry : remembered.entrySet()) {
      Receipt receipt = entry.getValue();
      if (!events.containsKey(receipt.position())) {
        sink.accept(EventChanges.remembered(entry.getKey(), receipt.at()));
      }
    }
    for (StoredEvent stored : events.values()) {
      sink.accept(EventChanges.kept(stored));
    }
    sink.accept(EventChanges.counts(counts.shown(), lastPosition));
  }

  @Override
  public synchronized void clear() {
    events.clear();
    remembered.clear();
    counts.clear();
    kept = 0;
    journal.clear(kind());
  }

  /** When an id came first, and where its event is, if it is still kept. */
  private record Receipt(long at, long position) {}
}
