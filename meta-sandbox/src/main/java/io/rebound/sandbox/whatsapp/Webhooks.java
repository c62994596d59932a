package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.SandboxProperties.Profile;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets happen what is due, and tells the business of it until the webhook answers 200. What isn't
 * told yet when the process is killed is told after the restart, so things may be told twice, as by
 * Meta. In the instant profile one that isn't taken holds up the others, so that the order stays;
 * in the lifelike one it is repeated for seven days of the sandbox's clock, ever more rarely.
 */
@Component
class Webhooks implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(8);
  // with these pauses the last attempt comes a week after the first
  private static final int LIFELIKE_ATTEMPTS = 33;

  private final SandboxProperties properties;
  private final Outbox outbox;
  private final Happenings happenings;
  private final Poster poster;
  private final Clock clock;
  private @Nullable Thread thread;

  Webhooks(
      SandboxProperties properties,
      Outbox outbox,
      Happenings happenings,
      Poster poster,
      Clock clock) {
    this.properties = properties;
    this.outbox = outbox;
    this.happenings = happenings;
    this.poster = poster;
    this.clock = clock;
  }

  @Override
  public synchronized void start() {
    outbox.begin();
    thread = Thread.ofVirtual().name("sandbox-webhooks").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        List<Notice> due = outbox.due(clock::millis, poster.batch());
        due.stream().filter(outbox::has).forEach(happenings::happen);
        due.stream().filter(notice -> !notice.isPosted()).forEach(outbox::done);
        List<Notice> told = due.stream().filter(Notice::isPosted).toList();
        if (!told.isEmpty()) {
          tell(told);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(List<Notice> notices) throws InterruptedException {
    if (properties.profile() == Profile.INSTANT) {
      tellInOrder(notices);
    } else if (poster.takes(notices)) {
      notices.forEach(outbox::done);
    } else {
      notices.forEach(this::repeatLater);
    }
  }

  private void tellInOrder(List<Notice> notices) throws InterruptedException {
    List<Duration> pauses = properties.webhook().pauses();
    for (int attempt = 1; attempt <= properties.webhook().maxAttempts(); attempt++) {
      if (notices.stream().noneMatch(outbox::has)) {
        return; // forgotten meanwhile
      }
      if (poster.takes(notices)) {
        notices.forEach(outbox::done);
        return;
      }
      Thread.sleep(pauses.get(Math.min(attempt, pauses.size()) - 1));
    }
    notices.forEach(outbox::done);
    log.warn("The webhook did not take a notification; it is given up");
  }

  private void repeatLater(Notice notice) {
    if (notice.attempts() >= LIFELIKE_ATTEMPTS) {
      outbox.done(notice);
      log.warn("The webhook did not take a notification for a week; it is given up");
      return;
    }
    long pause = FIRST_PAUSE.toMillis() << Math.min(notice.attempts(), 20);
    outbox.postpone(notice, clock.millis() + Math.min(pause, LONGEST_PAUSE.toMillis()));
  }

  @Override
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
