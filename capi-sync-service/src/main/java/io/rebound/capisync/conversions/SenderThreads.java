package io.rebound.capisync.conversions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps the senders going. Stopping waits for the requests under way. */
@Component
class SenderThreads implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(SenderThreads.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final ConversionsSender sender;
  private final ConversionsProperties properties;
  private final List<Thread> threads = new ArrayList<>();
  private volatile CountDownLatch stopping = new CountDownLatch(1);

  SenderThreads(ConversionsSender sender, ConversionsProperties properties) {
    this.sender = sender;
    this.properties = properties;
  }

  @Override
  public synchronized void start() {
    stopping = new CountDownLatch(1);
    for (int number = 0; number < properties.senders(); number++) {
      threads.add(Thread.ofVirtual().name("conversions-sender-" + number).start(this::run));
    }
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (!stoppedWithin(pause)) {
      try {
        pause = sender.sendSome() < properties.batchSize() ? properties.gather() : Duration.ZERO;
      } catch (RuntimeException e) { // the claim runs out by itself
        log.atWarn()
            .addKeyValue("failure", e.getClass().getSimpleName())
            .log("Conversions can't be sent right now; they stay in the queue");
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
        thread.join(Duration.ofSeconds(15));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return !threads.isEmpty();
  }
}
