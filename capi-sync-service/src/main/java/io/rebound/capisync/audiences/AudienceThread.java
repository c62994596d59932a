package io.rebound.capisync.audiences;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the sync of audiences going. Stopping waits for the call under way. */
@Component
class AudienceThread implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(AudienceThread.class);
  private static final Duration IDLE = Duration.ofMillis(150);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final AudienceSync sync;
  private final Members members;
  private final AtomicLong pending = new AtomicLong();
  private @Nullable Thread thread;
  private volatile CountDownLatch stopping = new CountDownLatch(1);

  AudienceThread(AudienceSync sync, Members members, MeterRegistry metrics) {
    this.sync = sync;
    this.members = members;
    Gauge.builder("rebound_capi_sync_audience_members_pending", pending, AtomicLong::get)
        .description("Members whose state at Meta may have to change, as of the last second")
        .register(metrics);
  }

  @Override
  public synchronized void start() {
    stopping = new CountDownLatch(1);
    thread = Thread.ofVirtual().name("audience-sync").start(this::run);
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (!stoppedWithin(pause)) {
      try {
        pause = sync.syncOne() ? Duration.ZERO : IDLE;
      } catch (RuntimeException e) { // the claim runs out by itself
        log.atWarn()
            .addKeyValue("failure", e.getClass().getSimpleName())
            .log("Audiences can't be brought in step right now; what is due stays due");
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

  @Scheduled(fixedDelayString = "PT1S")
  void count() {
    try {
      pending.set(members.pending());
    } catch (DataAccessException e) {
      log.debug("Pending members can't be counted", e);
    }
  }

  @Override
  public synchronized void stop() {
    stopping.countDown();
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(15));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
