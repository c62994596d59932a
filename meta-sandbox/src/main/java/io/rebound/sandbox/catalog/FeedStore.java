package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.journal.Journal;
import io.rebound.sandbox.journal.Journaled;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The feeds with their next times, and the latest upload sessions. */
@Component
class FeedStore implements Journaled {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long FIRST_FEED = 7_100_000_000_000_001L;
  private static final long FIRST_UPLOAD = 7_200_000_000_000_001L;
  private static final int MOST_UPLOADS = 500;

  private final Journal journal;
  private final Clock clock;
  private final TreeMap<String, ObjectNode> feeds = new TreeMap<>();
  private final TreeMap<String, ObjectNode> uploads = new TreeMap<>();
  private long nextFeed = FIRST_FEED;
  private long nextUpload = FIRST_UPLOAD;

  FeedStore(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  synchronized Optional<ObjectNode> feed(String id) {
    return Optional.ofNullable(feeds.get(id)).map(ObjectNode::deepCopy);
  }

  synchronized List<ObjectNode> feeds() {
    return feeds.values().stream().map(ObjectNode::deepCopy).toList();
  }

  /** Keeps a feed, a new one under a new id, which is returned; its times begin anew. */
  synchronized String put(ObjectNode feed) {
    if (!feed.has("id")) {
      feed.put("id", String.valueOf(nextFeed));
    }
    for (String name : FeedTimes.SCHEDULES) {
      FeedTimes.begin(feed, name, clock.instant());
    }
    recorded("feed", feed);
    return feed.path("id").asString("");
  }

  synchronized void delete(String id) {
    ObjectNode change = Answer.object().put("delete", id);
    replay(change);
    journal.append(kind(), () -> JSON.writeValueAsBytes(change));
  }

  /** Begins an upload session that the next run does. */
  synchronized String begin(ObjectNode upload) {
    String id = String.valueOf(nextUpload);
    recorded("upload", upload.put("id", id).put("started", clock.millis()).put("ended", 0));
    return id;
  }

  /** Begins a session for every schedule that is due; what was missed is made up for once. */
  synchronized void beginDue() {
    Instant now = clock.instant();
    for (ObjectNode feed : List.copyOf(feeds.values())) {
      for (String name : FeedTimes.SCHEDULES) {
        if (FeedTimes.due(feed, name, now)) {
          ObjectNode later = feed.deepCopy();
          FeedTimes.begin(later, name, now);
          recorded("feed", later);
          begin(FeedTimes.upload(feed, name));
        }
      }
    }
  }

  /** Sessions that were begun and aren't done, the oldest first. */
  synchronized List<ObjectNode> open() {
    return uploads.values().stream()
        .filter(upload -> upload.path("ended").asLong(0) == 0)
        .map(ObjectNode::deepCopy)
        .toList();
  }

  /** A session is done; one that was forgotten meanwhile stays forgotten. */
  synchronized void end(ObjectNode upload) {
    if (uploads.containsKey(upload.path("id").asString(""))) {
      recorded("upload", upload.put("ended", clock.millis()));
    }
  }

  synchronized void reported(ObjectNode upload) {
    recorded("upload", upload.put("reported", true));
  }

  synchronized Optional<ObjectNode> upload(String id) {
    return Optional.ofNullable(uploads.get(id)).map(ObjectNode::deepCopy);
  }

  /** A feed's sessions, the newest first. */
  synchronized List<ObjectNode> uploadsOf(String feed) {
    List<ObjectNode> found = new ArrayList<>();
    for (ObjectNode upload : uploads.descendingMap().values()) {
      if (upload.path("feed").asString("").equals(feed)) {
        found.add(upload.deepCopy());
      }
    }
    return found;
  }

  private void recorded(String kindOfChange, ObjectNode value) {
    ObjectNode change = change(kindOfChange, value.deepCopy());
    replay(change);
    journal.append(kind(), () -> JSON.writeValueAsBytes(change));
  }

  private static ObjectNode change(String kindOfChange, ObjectNode value) {
    ObjectNode change = Answer.object();
    change.set(kindOfChange, value);
    return change;
  }

  @Override
  public String kind() {
    return "feeds";
  }

  @Override
  public synchronized void replay(JsonNode change) {
    nextFeed = Math.max(nextFeed, change.path("next_feed").asLong(FIRST_FEED));
    nextUpload = Math.max(nextUpload, change.path("next_upload").asLong(FIRST_UPLOAD));
    if (change.path("feed") instanceof ObjectNode feed) {
      nextFeed = Math.max(nextFeed, kept(feeds, feed) + 1);
    }
    if (change.path("upload") instanceof ObjectNode upload) {
      nextUpload = Math.max(nextUpload, kept(uploads, upload) + 1);
      while (uploads.size() > MOST_UPLOADS) {
        uploads.pollFirstEntry();
      }
    }
    feeds.remove(change.path("delete").asString(""));
  }

  private static long kept(Map<String, ObjectNode> all, ObjectNode one) {
    String id = one.path("id").asString("");
    all.put(id, one);
    return Long.parseLong(id);
  }

  @Override
  public synchronized void compact(Sink sink) throws IOException {
    ObjectNode next = Answer.object().put("next_feed", nextFeed).put("next_upload", nextUpload);
    sink.accept(JSON.writeValueAsBytes(next));
    for (ObjectNode feed : feeds.values()) {
      sink.accept(JSON.writeValueAsBytes(change("feed", feed)));
    }
    for (ObjectNode upload : uploads.values()) {
      sink.accept(JSON.writeValueAsBytes(change("upload", upload)));
    }
  }

  @Override
  public synchronized void clear() {
    feeds.clear();
    uploads.clear();
    journal.clear(kind());
  }
}
