package io.rebound.sandbox.catalog;

import io.rebound.sandbox.SandboxProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fetches feeds when they are due by the clock, one after the other. A fetch that fails changes no
 * item; one that a kill cut off is done again after the restart.
 */
@Component
public class FeedFetches implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(FeedFetches.class);

  private final FeedStore feeds;
  private final ItemStore items;
  private final FeedFetch fetch;
  private final int mostRows;
  private final ReentrantLock running = new ReentrantLock();
  private final Semaphore wanted = new Semaphore(0);
  private volatile @Nullable Thread thread;

  FeedFetches(FeedStore feeds, ItemStore items, FeedFetch fetch, SandboxProperties properties) {
    this.feeds = feeds;
    this.items = items;
    this.fetch = fetch;
    this.mostRows = properties.bounds().items();
  }

  /** Does what is due soon, without waiting for it. */
  void wake() {
    wanted.release();
  }

  /** Does what is due now; answers the ids of the sessions done. */
  public List<String> runDue() throws InterruptedException {
    running.lockInterruptibly();
    try {
      feeds.beginDue();
      List<ObjectNode> open = feeds.open();
      for (ObjectNode upload : open) {
        run(upload);
      }
      return open.stream().map(upload -> upload.path("id").asString("")).toList();
    } finally {
      running.unlock();
    }
  }

  private void run(ObjectNode upload) throws InterruptedException {
    var problems = new FeedProblems();
    upload.put("num_detected_items", 0).put("num_persisted_items", 0).put("num_deleted_items", 0);
    Optional<ObjectNode> feed = feeds.feed(upload.path("feed").asString(""));
    try {
      if (feed.isEmpty()) {
        throw new UnreadableFeed("FETCH_FAILED", "The feed has been deleted");
      }
      take(feed.get(), upload, problems);
    } catch (UnreadableFeed reason) {
      problems.file(reason.type(), reason.reason());
    } catch (IOException e) {
      problems.file("FETCH_FAILED", "The file can't be stored");
    } catch (RuntimeException e) { // a defect of ours; the other feeds go on
      log.error("A feed could not be taken; its session ends with an error", e);
      problems.file("UNKNOWN_ERROR", "An unknown error occurred");
    }
    problems.into(upload);
    feeds.end(upload);
  }

  private void take(ObjectNode feed, ObjectNode upload, FeedProblems problems)
      throws UnreadableFeed, IOException, InterruptedException {
    boolean updateOnly = upload.path("update_only").asBoolean(false);
    var content =
        new FeedContent(
            feed.path("id").asString(""),
            updateOnly,
            !updateOnly && feed.path("deletion_enabled").asBoolean(true));
    Path file = Files.createTempFile("sandbox-feed", ".tmp");
    try {
      fetch.to(
          file,
          upload.path("url").asString(""),
          upload.path("username").asString(""),
          upload.path("password").asString(""));
      var fields = new FeedFields(feed.path("default_currency").asString("USD"));
      new FeedFile(file, fields, mostRows)
          .read(feed.path("delimiter").asString("AUTODETECT"), content, problems);
    } finally {
      Files.deleteIfExists(file);
    }
    upload.put("num_detected_items", content.detected());
    if (feeds.upload(upload.path("id").asString("")).isEmpty()) {
      return; // the sandbox was reset meanwhile
    }
    ItemStore.FeedOutcome outcome = items.feed(content, problems);
    upload
        .put("num_persisted_items", outcome.persisted())
        .put("num_deleted_items", outcome.deleted());
  }

  private void loop() {
    while (isRunning()) {
      try {
        runDueOrLog();
        // the clock is moved by hand, so there is no time to sleep until
        if (wanted.tryAcquire(1, TimeUnit.SECONDS)) {
          wanted.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void runDueOrLog() throws InterruptedException {
    try {
      runDue();
    } catch (RuntimeException e) {
      log.error("Feeds can't be fetched; it is tried again", e);
    }
  }

  @Override
  public synchronized void start() {
    thread = Thread.ofVirtual().name("sandbox-feeds").unstarted(this::loop);
    thread.start();
  }

  @Override
  public synchronized void stop() {
    Thread ending = thread;
    thread = null;
    if (ending != null) {
      ending.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
