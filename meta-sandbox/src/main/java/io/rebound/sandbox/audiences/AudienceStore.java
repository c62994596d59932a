package io.rebound.sandbox.audiences;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The account's audiences and who is in them. A change is in force when its call is answered. */
@Component
public class AudienceStore implements Journaled {
  private static final long FIRST_ID = 6_000_000_000_000_001L;
  private static final int ROWS_A_CHANGE = 1_000;

  private final Journal journal;
  private final Clock clock;
  private final String adAccount;
  private final Map<String, Audience> audiences = new ConcurrentSkipListMap<>();
  private long nextId = FIRST_ID;

  AudienceStore(Journal journal, Clock clock, SandboxProperties properties) {
    this.journal = journal;
    this.clock = clock;
    this.adAccount = properties.adAccount();
  }

  /** An audience with its exact size, which Meta itself never tells. */
  public record Size(String id, String name, int size) {}

  boolean has(String id) {
    return audiences.containsKey(id);
  }

  int count() {
    return audiences.size();
  }

  synchronized String create(ObjectNode about) {
    String id = String.valueOf(nextId++);
    long now = clock.millis() / 1000;
    var audience = new Audience(id, about.put("time_created", now).put("time_updated", now));
    audiences.put(id, audience);
    journal.append(kind(), () -> AudienceChanges.put(audience));
    return id;
  }

  synchronized void update(String id, ObjectNode changes) {
    Audience audience = audiences.get(id);
    if (audience != null) {
      audience.about.setAll(changes);
      audience.about.put("time_updated", clock.millis() / 1000);
      journal.append(kind(), () -> AudienceChanges.put(audience));
    }
  }

  synchronized void delete(String id) {
    audiences.remove(id);
    journal.append(kind(), () -> AudienceChanges.deleted(id));
  }

  synchronized void add(String id, Upload upload) {
    uploaded("add", id, upload);
  }

  synchronized void remove(String id, Upload upload) {
    uploaded("remove", id, upload);
  }

  synchronized void removeEverywhere(Upload upload) {
    audiences.keySet().forEach(id -> uploaded("remove", id, upload));
  }

  private void uploaded(String op, String id, Upload upload) {
    long at = clock.millis();
    Audience audience = audiences.get(id);
    if (audience == null) {
      return;
    }
    apply(op, audience, upload.rows());
    audience.uploaded(at, upload.received(), upload.invalid());
    journal.append(kind(), () -> AudienceChanges.uploaded(op, id, at, upload));
  }

  private static void apply(String op, Audience audience, List<List<String>> rows) {
    if (op.equals("add")) {
      rows.forEach(audience.members::add);
    } else {
      rows.forEach(audience.members::remove);
    }
  }

  /** Whether the audience takes values; empty if there is no such audience. */
  synchronized Optional<Boolean> valueBased(String id) {
    return Optional.ofNullable(audiences.get(id)).map(Audience::valueBased);
  }

  synchronized Optional<ObjectNode> shown(String id) {
    return Optional.ofNullable(audiences.get(id)).map(audience -> audience.shown(adAccount));
  }

  synchronized List<ObjectNode> all() {
    return audiences.values().stream().map(audience -> audience.shown(adAccount)).toList();
  }

  /** All audiences with their sizes, the oldest first. */
  public synchronized List<Size> sizes() {
    return audiences.values().stream()
        .map(audience -> new Size(audience.id, audience.name(), audience.members.size()))
        .toList();
  }

  /**
   * Members in a stable order, each as its sorted keys; empty if there is no such audience.
   *
   * @param after the first key of the last one seen; empty for the start
   */
  public synchronized Optional<List<List<String>>> members(String id, String after, int limit) {
    return Optional.ofNullable(audiences.get(id))
        .map(audience -> audience.members.after(after, limit));
  }

  @Override
  public String kind() {
    return "audiences";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    String op = change.path("op").asString("");
    @Nullable Audience known = audiences.get(change.path("id").asString(""));
    switch (op) {
      case "put" -> put(change.path("audience"));
      case "next" -> nextId = Math.max(nextId, change.path("id").asLong(FIRST_ID));
      case "delete" -> audiences.remove(change.path("id").asString(""));
      case "add", "remove" -> {
        if (known != null) {
          apply(op, known, AudienceChanges.rows(change));
          AudienceChanges.restoreUpload(change, known);
        }
      }
      default -> {}
    }
  }

  private void put(JsonNode kept) {
    Audience told = Audience.restored(kept);
    nextId = Math.max(nextId, Long.parseLong(told.id) + 1);
    Audience known = audiences.get(told.id);
    if (known == null) {
      audiences.put(told.id, told);
    } else {
      known.about.removeAll();
      known.about.setAll(told.about);
    }
  }

  @Override
  public synchronized void compact(Sink sink) throws IOException {
    sink.accept(AudienceChanges.next(nextId));
    for (Audience audience : audiences.values()) {
      sink.accept(AudienceChanges.put(audience));
      List<List<String>> rows = audience.members.after("", ROWS_A_CHANGE);
      while (!rows.isEmpty()) {
        sink.accept(AudienceChanges.members(audience.id, rows));
        rows = audience.members.after(rows.getLast().getFirst(), ROWS_A_CHANGE);
      }
    }
  }

  @Override
  public synchronized void clear() {
    audiences.clear();
    journal.clear(kind());
  }

  /** The account's name in the answers. */
  ObjectNode account() {
    ObjectNode account = Answer.object();
    account
        .put("id", adAccount)
        .put("account_id", adAccount.replace("act_", ""))
        .put("name", "Sandbox account")
        .put("account_status", 1)
        .put("currency", "EUR");
    account.putObject("tos_accepted").put("custom_audience_tos", 1);
    return account;
  }
}
