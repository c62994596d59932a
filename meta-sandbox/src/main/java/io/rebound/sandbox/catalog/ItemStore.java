package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
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

/** The items of the catalogue by the shop's ids, and the reports of the latest batches. */
@Component
public class ItemStore implements Journaled {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long FIRST_ID = 8_000_000_000_000_001L;
  private static final int MOST_REPORTS = 200;

  private final Journal journal;
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

  ItemStore(Journal journal) {
    this.journal = journal;
  }

  /** Does what the records ask for; the handle is empty if none of them is acceptable. */
  synchronized ObjectNode take(JsonNode requests, boolean upsert) {
    var batch = new Batch(id -> Optional.ofNullable(items.get(id)).map(Item::data), upsert);
    for (int line = 0; line < requests.size(); line++) {
      batch.take(line + 1, requests.path(line));
    }
    ObjectNode answer = Answer.object();
    ArrayNode handles = answer.putArray("handles");
    if (batch.anyAccepted()) {
      String handle = "Acz" + UUID.randomUUID().toString().replace("-", "");
      effect(batch, handle);
      handles.add(handle);
    }
    answer.set("validation_status", batch.validationStatus());
    return answer;
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
          puts.add(new Item(metaId, data.get()).kept());
        });
    change.set("report", batch.report(handle));
    replay(change);
    journal.append(kind(), () -> JSON.writeValueAsBytes(change));
  }

  synchronized Optional<ObjectNode> report(String handle) {
    return Optional.ofNullable(reports.get(handle)).map(ObjectNode::deepCopy);
  }

  synchronized List<Item> all() {
    return List.copyOf(items.values());
  }

  /** Items as they were written, in the order of their ids, from behind that one. */
  public synchronized List<ObjectNode> after(String id, int limit) {
    return items.tailMap(id, false).values().stream()
        .limit(limit)
        .map(item -> item.data().deepCopy())
        .toList();
  }

  public synchronized int count() {
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
        var item = new Item(put.path("product_item_id").asString(""), data);
        items.put(item.retailerId(), item);
        nextId = Math.max(nextId, Long.parseLong(item.id()) + 1);
      }
    }
    for (JsonNode id : change.path("removed")) {
      items.remove(id.asString(""));
    }
    if (change.path("report") instanceof ObjectNode report) {
      reports.put(report.path("handle").asString(""), report);
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
  }

  @Override
  public synchronized void clear() {
    revision++;
    items.clear();
    reports.clear();
    journal.clear(kind());
  }
}
