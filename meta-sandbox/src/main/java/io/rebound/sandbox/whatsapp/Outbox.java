package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is going to happen, by the time it is due. A notice stays in the journal until it is done,
 * so one that was in hand when the process was killed happens again, as it may at Meta.
 */
@Component
class Outbox implements Journaled {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int NOTICES_A_MESSAGE = 4;
  private static final long GLANCE = 50; // milliseconds; the clock may be moved at any time

  private final Journal journal;
  private final int most;
  private final TreeMap<Long, Notice> open = new TreeMap<>();
  private final PriorityQueue<Notice> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Notice::due).thenComparingLong(Notice::id));
  private long nextId = 1;

  Outbox(Journal journal, SandboxProperties properties) {
    this.journal = journal;
    this.most = NOTICES_A_MESSAGE * properties.bounds().messages();
  }

  /** From now on what the journal had, too, is taken in hand. */
  synchronized void begin() {
    waiting.clear();
    waiting.addAll(open.values());
  }

  /** One that finds no room any more never happens. */
  synchronized void add(long due, String field, ObjectNode value, Notice.Happening happens) {
    if (open.size() < most) {
      keep(new Notice(nextId++, due, field, value, happens, 0));
    }
  }

  private void keep(Notice notice) {
    open.put(notice.id(), notice);
    waiting.add(notice);
    journal.append(kind(), () -> JSON.writeValueAsBytes(notice.kept()));
    notifyAll();
  }

  /** Takes in hand what is due, after a moment if nothing is; perhaps nothing. */
  synchronized List<Notice> due(LongSupplier now, int limit) throws InterruptedException {
    if (!isDue(now.getAsLong())) {
      if (waiting.isEmpty()) {
        wait();
      } else {
        wait(GLANCE);
      }
    }
    var taken = new ArrayList<Notice>();
    long moment = now.getAsLong();
    while (taken.size() < limit && isDue(moment)) {
      taken.add(waiting.remove());
    }
    return taken;
  }

  private boolean isDue(long now) {
    Notice next = waiting.peek();
    return next != null && next.due() <= now;
  }

  /** Whether it still has to happen: not if everything was forgotten meanwhile. */
  synchronized boolean has(Notice notice) {
    return open.containsKey(notice.id());
  }

  /** What was in hand waits again. */
  synchronized void postpone(Notice notice, long due) {
    if (open.containsKey(notice.id())) {
      keep(notice.again(due));
    }
  }

  synchronized void done(Notice notice) {
    if (open.remove(notice.id()) != null) {
      journal.append(
          kind(), () -> JSON.writeValueAsBytes(Answer.object().put("done", notice.id())));
    }
  }

  @Override
  public String kind() {
    return "notices";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    if (change.has("done")) {
      open.remove(change.path("done").asLong());
    } else {
      Notice notice = Notice.restored(change);
      open.put(notice.id(), notice);
      nextId = Math.max(nextId, notice.id() + 1);
    }
  }

  @Override
  public synchronized void compact(Sink sink) throws IOException {
    for (Notice notice : open.values()) {
      sink.accept(JSON.writeValueAsBytes(notice.kept()));
    }
  }

  @Override
  public synchronized void clear() {
    open.clear();
    waiting.clear();
    journal.clear(kind());
  }
}
