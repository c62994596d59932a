package io.rebound.sandbox.conversions;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.conversions.Receipts.Receipt;
import io.rebound.sandbox.conversions.StoredEvent.Origins;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events taken. One that is the same as another before it counts as that one, delivered once
 * more.
 */
@Component
public class EventStore implements Journaled {
  private final Journal journal;
  private final SandboxProperties.Bounds bounds;
  private final ConcurrentNavigableMap<Long, StoredEvent> events = new ConcurrentSkipListMap<>();
  private final Deduplication known;
  private final EventCounts counts = new EventCounts();
  private long lastPosition;
  private int kept; // the map's own size is slow

  EventStore(Journal journal, SandboxProperties properties) {
    this.journal = journal;
    this.bounds = properties.bounds();
    this.known = new Deduplication(bounds.rememberedIds());
  }

  synchronized void add(List<ReceivedEvent> received, Sending sending) {
    received.forEach(event -> add(event, sending));
    journal.append(kind(), () -> EventChanges.received(received, sending));
  }

  /**
   * Takes events as if the Pixel in a browser had sent them.
   *
   * @throws IllegalArgumentException if one has no name; then none is taken
   */
  public void addFromBrowser(JsonNode data, long at) {
    if (!data.isArray() || data.isEmpty()) {
      throw new IllegalArgumentException("data is an array of events");
    }
    for (JsonNode event : data) {
      if (event.path("event_name").asString("").isBlank()) {
        throw new IllegalArgumentException("every event has an event_name");
      }
    }
    add(
        data.valueStream().map(event -> ReceivedEvent.of(event, true)).toList(),
        Sending.of(at, "", ""));
  }

  synchronized void refused() {
    counts.refused();
  }

  private void add(ReceivedEvent event, Sending sending) {
    Receipt same = known.find(event, sending.at());
    counts.received(event, same == null);
    if (same == null) {
      keep(new StoredEvent(++lastPosition, event, sending, 1, Origins.of(event)));
    } else {
      events.computeIfPresent(same.position(), (_, stored) -> stored.again(event, sending.at()));
    }
    forgetOldest(sending.at());
  }

  private void keep(StoredEvent stored) {
    events.put(stored.position, stored);
    kept++;
    known.remember(stored);
  }

  private void forgetOldest(long now) {
    while (kept > bounds.events()) {
      events.pollFirstEntry();
      kept--;
    }
    known.forgetOldest(now);
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
        .filter(event -> event.event.web() && event.receivedAt >= millis)
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
      case "received" -> {
        var sending = Sending.restored(change);
        boolean browser = change.path("browser").asBoolean(false);
        change.path("events").forEach(event -> add(ReceivedEvent.of(event, browser), sending));
      }
      case "kept" -> keep(EventChanges.kept(change));
      case "remembered" ->
          known.remember(change.path("key").asString(""), change.path("at").asLong());
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
    List<byte[]> gone = new ArrayList<>();
    known.forEachGone(events::containsKey, (key, at) -> gone.add(EventChanges.remembered(key, at)));
    for (byte[] change : gone) {
      sink.accept(change);
    }
    for (StoredEvent stored : events.values()) {
      sink.accept(EventChanges.kept(stored));
    }
    sink.accept(EventChanges.counts(counts.shown(), lastPosition));
  }

  @Override
  public synchronized void clear() {
    events.clear();
    known.clear();
    counts.clear();
    kept = 0;
    journal.clear(kind());
  }
}
