package io.rebound.consumption;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A {@link Consumption} for a service whose doors must open whatever is away: it begins in the
 * background as soon as Kafka and the database answer. Where it is refused for good, the service
 * goes on without it and its health says why.
 */
final class PatientConsumption implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(PatientConsumption.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);

  private final Consumption consumption;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread starter;
  private volatile @Nullable String refusal;
  private volatile boolean running;

  PatientConsumption(Consumption consumption, String service) {
    this.consumption = consumption;
    this.starter = new Thread(this::beginWhenPossible, service + "-consumption");
    starter.setDaemon(true);
  }

  @Override
  public void start() {
    running = true;
    starter.start();
  }

  private void beginWhenPossible() {
    boolean said = false;
    while (stopping.getCount() > 0) {
      try {
        consumption.start();
        return;
      } catch (RefusedPosition refused) {
        refusal = refused.getMessage();
        log.atError().log("Consumption doesn't begin: {}", refusal);
        return;
      } catch (RuntimeException notNow) {
        if (!said) {
          said = true;
          log.atWarn()
              .addKeyValue("reason", Reason.of(notNow))
              .log("Consumption can't begin yet; it does as soon as Kafka and the database answer");
        }
        log.debug("Consumption can't begin", notNow);
      }
      pause();
    }
  }

  private void pause() {
    try {
      boolean _ = stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Why it stopped or never began, if it won't go on. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal).or(consumption::refusal);
  }

  @Override
  public void stop() {
    stopping.countDown();
    starter.interrupt();
    try {
      starter.join(STOP_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumption.stop();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
