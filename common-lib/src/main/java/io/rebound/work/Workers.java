package io.rebound.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Threads that do one step of some work after the other. A step that fails is logged and tried
 * again a second later, so each must leave what it began to be taken up by the next. Stopping waits
 * for the steps under way, at most 15 s.
 */
public final class Workers implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Workers.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LAST_STEP = Duration.ofSeconds(15);

  private final String name;
  private final int number;
  private final String failing;
  private final Step step;
  private final List<Thread> threads = new ArrayList<>();
  private volatile CountDownLatch stopping = new CountDownLatch(1);

  /** A step of the work. */
  @FunctionalInterface
  public interface Step {
    /** Does it, and says how long to wait before the next. */
    Duration once();
  }

  /**
   * @param name the threads', each with its number behind it
   * @param number how many
   * @param failing what the log says of a step that failed: what it means, and what happens to the
   *     work
   */
  public Workers(String name, int number, String failing, Step step) {
    this.name = name;
    this.number = number;
    this.failing = failing;
    this.step = step;
  }

  @Override
  public synchronized void start() {
    stopping = new CountDownLatch(1);
    for (int thread = 0; thread < number; thread++) {
      threads.add(Thread.ofVirtual().name(name + "-" + thread).start(this::run));
    }
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (!stoppedWithin(pause)) {
      try {
        pause = step.once();
      } catch (RuntimeException e) {
        log.atWarn().addKeyValue("failure", e.getClass().getSimpleName()).log(failing);
        log.debug("The failure", e);
        pause = AFTER_FAILURE;
      }
    }
  }

  private boolean stoppedWithin(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public synchronized void stop() {
    stopping.countDown();
    for (Thread thread : threads) {
      try {
        thread.join(LAST_STEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    threads.clear();
  }

  @Override
  public synchronized boolean isRunning() {
    return !threads.isEmpty();
  }
}
