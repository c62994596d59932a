package io.rebound.whatsapp.messages;

import io.rebound.whatsapp.WhatsappProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps the senders going. Stopping waits for the calls under way. */
@Component
class SenderThreads implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(SenderThreads.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  private final MessageSender sender;
  private final WhatsappProperties properties;
  private final List<Thread> threads = new ArrayList<>();
  private volatile CountDownLatch stopping = new CountDownLatch(1);

  SenderThreads(MessageSender sender, WhatsappProperties properties) {
    this.sender = sender;
    this.properties = properties;
  }

  @Override
  public synchronized void start() {
    stopping = new CountDownLatch(1);
    for (int number = 0; number < properties.senders(); number++) {
      threads.add(Thread.ofVirtual().name("message-sender-" + number).start(this::run));
    }
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (!stoppedWithin(pause)) {
      try {
        pause = sender.sendOne() ? Duration.ZERO : properties.pause();
      } catch (RuntimeException e) { // a message under way is settled as unknown later
        log.atWarn()
            .addKeyValue("failure", e.getClass().getSimpleName())
            .log("Messages can't be sent right now; they wait");
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
