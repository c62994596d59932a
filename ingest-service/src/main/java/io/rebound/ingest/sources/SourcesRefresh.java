package io.rebound.ingest.sources;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks each second whether sources or keys have changed; the first time before the doors open. On
 * a thread of its own, so that a revocation waits for no other regular work.
 */
@Component
final class SourcesRefresh implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(SourcesRefresh.class);
  private static final int BEFORE_THE_DOORS = 0;

  private final Sources sources;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ingest-sources").factory());
  private volatile boolean running;

  SourcesRefresh(Sources sources) {
    this.sources = sources;
  }

  @Override
  public void start() {
    running = true;
    sources.refresh();
    thread.scheduleWithFixedDelay(this::refresh, 1, 1, TimeUnit.SECONDS);
  }

  private void refresh() {
    try {
      sources.refresh();
    } catch (RuntimeException defect) { // thrown on, it would be the last time
      log.atError()
          .addKeyValue("defect", defect.getClass().getName())
          .log("Sources and keys can't be read; it is tried again in a second");
    }
  }

  @Override
  public void stop() {
    thread.shutdownNow();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return BEFORE_THE_DOORS;
  }
}
