package io.rebound.ingest.spool;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the spool's database answers. After a failure nothing is tried for a moment, so that
 * requests are turned away at once instead of waiting for the same failure one after another.
 */
final class SpoolDatabase {
  private static final Logger log = LoggerFactory.getLogger(SpoolDatabase.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private volatile boolean answers = true;
  private volatile long tryAgainAt = System.nanoTime();

  boolean answers() {
    return answers;
  }

  /** False for a moment after each failure. */
  boolean mayBeTried() {
    return answers || System.nanoTime() - tryAgainAt >= 0;
  }

  void answered() {
    if (!answers && change(true)) {
      log.atInfo().log("The spool's database answers again");
    }
  }

  void failed(RuntimeException failure) {
    tryAgainAt = System.nanoTime() + PAUSE.toNanos();
    if (answers && change(false)) {
      log.atWarn()
          .addKeyValue("failure", failure.getClass().getSimpleName())
          .log("The spool's database is away; while Kafka is too, clients are told to send again");
    }
  }

  /** True for the one that changed it. */
  private synchronized boolean change(boolean now) {
    boolean changed = answers != now;
    answers = now;
    return changed;
  }
}
