package io.rebound.sandbox.catalog;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The items of the catalogue by the shop's ids, the batches in progress, the latest reports. */
@Component
public class ItemStore implements Journaled {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long FIRST_ID = 8_000_000_000_000_001L;
  private static final int ITEMS_A_CHANGE = 1_000;
  private static final int MOST_REPORTS = 200;

  private final Journal journal;
  private final Clock clock;
  private final int most;
  private final long delay;
  private final BatchLimit limit;
  private final Map<String, WaitingBatch> waiting = new LinkedHashMap<>(); // the oldest first
  private final TreeMap<String, Item> items = new TreeMap<>();
  private final Map<String, ObjectNode> reports =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ObjectNode> eldest) {
          return size() > MOST_REPORTS;
        }
      };
  private long nextId = FIRST_ID;
  private long revision;

  ItemStore(Journal journal, Clock clock, SandboxProperties sandbox, BatchesProperties properties) {
    this.journal = journal;
    this.clock = clock;
    this.most = sandbox.bounds().items();
    this.delay = properties.delay(sandbox).toMillis();
    this.limit = new BatchLimit(clock, properties.aMinute(sandbox));
  }

  /** Does what the records ask for, now or later; no handle if none of them is acceptable. */
  synchronized ObjectNode take(JsonNode requests, boolean upsert) {
    limit.check();
    finishDue();
    Batch batch = workedOut(requests, upsert);
    ObjectNode answer = Answer.object();
    ArrayNode handles = answer.putArray("handles");
    if (batch.anyAccepted()) {
      String handle = "Acz" + UUID.randomUUID().toString().replace("-", "");
      handles.add(handle);
      if (delay == 0) {
        effect(batch, handle);
      } else {
        var later = new WaitingBatch(handle, clock.millis() + delay, requests, upsert);
        waiting.put(handle, later);
        journal.append(kind(), later::kept);
      }
    }
    answer.set("validation_status", batch.validationStatus());
    return answer;
  }

  private Batch workedOut(JsonNode requests, boolean upsert) {
    var batch =
        new Batch(
            id -> Optional.ofNullable(items.get(id)).map(Item::data),
            upsert,
            Math.max(0, most - items.size()));
    for (int line = 0; line < requests.size(); line++) {
      batch.take(line + 1, requests.path(line));
    }
    return batch;
  }

  // nobody looks at the items before the batches that are due are done
  private void finishDue() {
    while (!waiting.isEmpty()) {
      WaitingBatch next = waiting.values().iterator().next();
      if (next.dueAt() > clock.millis()) {
        return;
      }
      effect(workedOut(next.requests(), next.upsert()), next.handle());
    }
  }

  // one line for the whole batch: after a kill it is there as a whole or not at all
  private void effect(Batch batch, String handle) {
    ObjectNode change = Answer.object();
    ArrayNode puts = change.putArray("puts");
    ArrayNode removed = change.putArray("removed");
    batch
        .outcome()
        .forEach((id, data) -> {
          if (data.isEmpty()) {
            removed.add(id);
            return;
          }
          Item before = items.get(id);
          String metaId = before == null ? String.valueOf(nextId++) : before.id();
          puts.add(new Item(metaId, data.get(), before == null ? "" : before.feed()).kept());
        });
    change.set("report", batch.report(handle));
    replay(change);
    journal.append(kind(), () -> JSON.writeValueAsBytes(change));
  }

  /** How many items a feed's file wrote, and how many it deleted. */
  record FeedOutcome(int persisted, int deleted) {}

  /**
   * Does what a feed's file asks for, a part of it after the other: after a kill it is done again.
   *
   * @param problems what is wrong with rows is told there
   */
  synchronized FeedOutcome feed(FeedContent content, FeedProblems problems) {
    finishDue();
    var run = new FeedRun(content, problems, Math.max(0, most - items.size()));
    List<Item> puts = run.puts(items, () -> String.valueOf(nextId++));
    List<String> removed = run.removed(items);
    for (int from = 0; from < puts.size(); from += ITEMS_A_CHANGE) {
      changed(puts.subList(from, Math.min(puts.size(), from + ITEMS_A_CHANGE)), List.of());
    }
    changed(List.of(), removed);
    return new FeedOutcome(puts.size(), removed.size());
  }

  private void changed(List<Item> puts, List<String> removed) {
    ObjectNode change = Answer.object();
    ArrayNode written = change.putArray("puts");
    puts.forEach(item -> written.add(item.kept()));
    removed.forEach(change.putArray("removed")::add);
    replay(change);
    journal.append(kind(), () -> JSON.writeValueAsBytes(change));
  }

  synchronized Optional<ObjectNode> report(String handle) {
    finishDue();
    if (waiting.containsKey(handle)) {
      return Optional.of(WaitingBatch.report(handle));
    }
    return Optional.ofNullable(reports.get(handle)).map(ObjectNode::deepCopy);
  }

  synchronized List<Item> all() {
    finishDue();
    return List.copyOf(items.values());
  }

  /** Items as they were written, in the order of their ids, from behind that one. */
  public synchronized List<ObjectNode> after(String id, int limit) {
    finishDue();
    return items.tailMap(id, false).values().stream()
        .limit(limit)
        .map(item -> item.data().deepCopy())
        .toList();
  }

  public synchronized int count() {
    finishDue();
    return items.size();
  }

  /** Another number after every change. */
  public synchronized long revision() {
    return revision;
  }

  @Override
  public String kind() {
    return "items";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    revision++;
    for (JsonNode put : change.path("puts")) {
      if (put.path("data") instanceof ObjectNode data) {
        var item =
            new Item(put.path("product_item_id").asString(""), data, put.path("feed").asString(""));
        items.put(item.retailerId(), item);
        nextId = Math.max(nextId, Long.parseLong(item.id()) + 1);
      }
    }
    for (JsonNode id : change.path("removed")) {
      items.remove(id.asString(""));
    }
    if (change.path("report") instanceof ObjectNode report) {
      reports.put(report.path("handle").asString(""), report);
      waiting.remove(report.path("handle").asString(""));
    }
    if (change.has("waiting")) {
      WaitingBatch later = WaitingBatch.restored(change.path("waiting"));
      waiting.put(later.handle(), later);
    }
  }

  @Override
  public synchronized void compact(Sink sink) throws IOException {
    for (Item item : items.values()) {
      ObjectNode change = Answer.object();
      change.putArray("puts").add(item.kept());
      sink.accept(JSON.writeValueAsBytes(change));
    }
    for (ObjectNode report : reports.values()) {
      ObjectNode change = Answer.object();
      change.set("report", report);
      sink.accept(JSON.writeValueAsBytes(change));
    }
    for (WaitingBatch later : waiting.values()) {
      sink.accept(later.kept());
    }
  }

  @Override
  public synchronized void clear() {
    revision++;
    items.clear();
    reports.clear();
    waiting.clear();
    limit.clear();
    journal.clear(kind());
  }
}
