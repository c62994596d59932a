package io.rebound.sandbox.audiences;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
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
  private final Duration delay;
  private final int smallest;
  private final Map<String, Audience> audiences = new ConcurrentSkipListMap<>();
  private long nextId = FIRST_ID;

  AudienceStore(
      Journal journal, Clock clock, SandboxProperties sandbox, AudiencesProperties properties) {
    this.journal = journal;
    this.clock = clock;
    this.adAccount = sandbox.adAccount();
    this.delay = properties.delay(sandbox);
    this.smallest = properties.smallest(sandbox);
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
    var audience = new Audience(id, about.put("time_created", now).put("time_updated", now), delay);
    audiences.put(id, audience);
    journal.append(kind(), () -> AudienceChanges.put(audience));
    return id;
  }

  synchronized void update(String id, ObjectNode changes) {
    Audience audience = present(id);
    if (audience != null) {
      audience.condition.checkUsable();
      audience.condition.checkEditable();
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
    Audience audience = present(id);
    if (audience != null) {
      audience.checkMembersMayChange();
      uploaded("add", audience, upload);
    }
  }

  synchronized void remove(String id, Upload upload) {
    Audience audience = present(id);
    if (audience != null) {
      audience.checkMembersMayChange();
      RemovalRule.check(audience.members, upload.rows(), smallest);
      uploaded("remove", audience, upload);
    }
  }

  /** Refuses nothing: a person who wants out of everything gets out. */
  synchronized void removeEverywhere(Upload upload) {
    presentOnes().forEach(audience -> uploaded("remove", audience, upload));
  }

  private void uploaded(String op, Audience audience, Upload upload) {
    long at = clock.millis();
    upload.rows().forEach(op.equals("add") ? audience.members::add : audience.members::remove);
    audience.uploaded(at, upload.received(), upload.invalid());
    journal.append(kind(), () -> AudienceChanges.uploaded(op, audience.id, at, upload));
  }

  /** Takes a replacement's batch; with the last one the replacement is due. */
  synchronized Optional<Sessions.Progress> replace(String id, JsonNode session, Upload upload) {
    Audience audience = present(id);
    if (audience == null) {
      return Optional.empty();
    }
    ReplaceBatch batch = ReplaceBatch.of(session, upload, clock.millis());
    audience.check(batch);
    Replacement running = audience.replace(batch);
    var progress = new Sessions.Progress(running.session, running.received(), running.invalid());
    journal.append(kind(), () -> AudienceChanges.replacing(id, batch));
    present(id); // without a delay it is done now
    return Optional.of(progress);
  }

  // nobody looks at an audience before its replacement that is due is done
  private @Nullable Audience present(String id) {
    Audience audience = audiences.get(id);
    if (audience != null && audience.replacement != null) {
      long due = audience.replacement.closesAt() + delay.toMillis();
      if (clock.millis() >= due) {
        audience.replaced(due);
        journal.append(kind(), () -> AudienceChanges.replaced(id, due));
      }
    }
    return audience;
  }

  private List<Audience> presentOnes() {
    audiences.keySet().forEach(this::present);
    return List.copyOf(audiences.values());
  }

  /** What befell the audience; empty if there is no such audience. */
  public synchronized Optional<ObjectNode> condition(String id) {
    return Optional.ofNullable(audiences.get(id)).map(audience -> audience.condition.json());
  }

  /**
   * Flags an audience, takes it from the account, or gives it a status.
   *
   * @throws IllegalArgumentException if a value is none of Meta's
   */
  public synchronized void condition(String id, JsonNode condition) {
    Audience audience = audiences.get(id);
    if (audience != null) {
      audience.condition = Condition.of(condition);
      journal.append(kind(), () -> AudienceChanges.condition(audience));
    }
  }

  /** Whether the audience takes values; empty if there is no such audience. */
  synchronized Optional<Boolean> valueBased(String id) {
    return Optional.ofNullable(audiences.get(id)).map(Audience::valueBased);
  }

  synchronized Optional<ObjectNode> shown(String id) {
    return Optional.ofNullable(present(id)).map(this::shown);
  }

  synchronized List<ObjectNode> all() {
    return presentOnes().stream().map(this::shown).toList();
  }

  private ObjectNode shown(Audience audience) {
    return ShownAudience.of(audience, adAccount, clock.millis());
  }

  /** All audiences with their sizes, the oldest first. */
  public synchronized List<Size> sizes() {
    return presentOnes().stream()
        .map(audience -> new Size(audience.id, audience.name(), audience.members.size()))
        .toList();
  }

  /**
   * Members in a stable order, each as its sorted keys; empty if there is no such audience.
   *
   * @param after the first key of the last one seen; empty for the start
   */
  public synchronized Optional<List<List<String>>> members(String id, String after, int limit) {
    return Optional.ofNullable(present(id)).map(audience -> audience.members.after(after, limit));
  }

  @Override
  public String kind() {
    return "audiences";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    String id = change.path("id").asString("");
    switch (change.path("op").asString("")) {
      case "put" -> put(change.path("audience"));
      case "next" -> nextId = Math.max(nextId, change.path("id").asLong(FIRST_ID));
      case "delete" -> audiences.remove(id);
      default -> {
        Audience known = audiences.get(id);
        if (known != null) {
          AudienceChanges.replay(change, known);
        }
      }
    }
  }

  private void put(JsonNode kept) {
    Audience told = Audience.restored(kept, delay);
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
      if (audience.replacement != null) {
        audience.replacement.compact(audience.id, ROWS_A_CHANGE, sink);
      }
    }
  }

  @Override
  public synchronized void clear() {
    audiences.clear();
    journal.clear(kind());
  }
}
