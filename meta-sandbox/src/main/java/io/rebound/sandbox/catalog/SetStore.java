package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The product sets as they were given, the filter as its text. */
@Component
class SetStore implements Journaled {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long FIRST_ID = 7_000_000_000_000_001L;

  private final Journal journal;
  private final TreeMap<String, ObjectNode> sets = new TreeMap<>();
  private long nextId = FIRST_ID;

  SetStore(Journal journal) {
    this.journal = journal;
  }

  synchronized Optional<ObjectNode> find(String id) {
    return Optional.ofNullable(sets.get(id));
  }

  synchronized List<ObjectNode> all() {
    return List.copyOf(sets.values());
  }

  /** Keeps a set, a new one under a new id, which is returned. */
  synchronized String put(ObjectNode set) {
    if (!set.has("id")) {
      set.put("id", String.valueOf(nextId));
    }
    ObjectNode change = Answer.object();
    change.set("put", set);
    recorded(change);
    return set.path("id").asString("");
  }

  synchronized void delete(String id) {
    recorded(Answer.object().put("delete", id));
  }

  private void recorded(ObjectNode change) {
    replay(change);
    journal.append(kind(), () -> JSON.writeValueAsBytes(change));
  }

  static JsonNode filter(ObjectNode set) {
    return JSON.readTree(set.path("filter").asString("{}"));
  }

  @Override
  public String kind() {
    return "product-sets";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    nextId = Math.max(nextId, change.path("next").asLong(FIRST_ID));
    if (change.path("put") instanceof ObjectNode set) {
      String id = set.path("id").asString("");
      sets.put(id, set);
      nextId = Math.max(nextId, Long.parseLong(id) + 1);
    }
    sets.remove(change.path("delete").asString(""));
  }

  @Override
  public synchronized void compact(Sink sink) throws IOException {
    sink.accept(JSON.writeValueAsBytes(Answer.object().put("next", nextId)));
    for (ObjectNode set : sets.values()) {
      ObjectNode change = Answer.object();
      change.set("put", set);
      sink.accept(JSON.writeValueAsBytes(change));
    }
  }

  @Override
  public synchronized void clear() {
    sets.clear();
    journal.clear(kind());
  }
}
