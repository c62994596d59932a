package io.rebound.ingest.publishing;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether events are handed to Kafka, judged by what became of those that were.
 *
 * <p>It is <em>usable</em> until a request isn't acknowledged in time, then <em>away</em>. Once it
 * answers questions again it is <em>on trial</em>: one request is handed to it, and what becomes of
 * that one decides. Only requests count that were handed over after the last change, so neither
 * late failures nor late acknowledgements of earlier ones mislead.
 */
final class Availability {
  private static final Logger log = LoggerFactory.getLogger(Availability.class);
  private static final Duration STEADY = Duration.ofSeconds(20);
  private static final int MOST_RELAPSES = 5;

  enum State {
    USABLE,
    ON_TRIAL,
    AWAY
  }

  private volatile State state = State.AWAY;
  private volatile long changedAt;
  private int relapses;

  /**
   * @param now all times are those of one monotonic clock, in nanoseconds
   */
  Availability(long now) {
    changedAt = now;
  }

  State state() {
    return state;
  }

  /** Whether a request may be handed to Kafka. Of those that ask during a trial one may. */
  boolean admits() {
    return state == State.USABLE || (state == State.ON_TRIAL && takeTrial());
  }

  private synchronized boolean takeTrial() {
    boolean taken = state == State.ON_TRIAL;
    if (taken) {
      state = State.AWAY;
    }
    return taken;
  }

  /** Kafka answers questions: a request may try whether it takes events, too. */
  synchronized void answers() {
    if (state == State.AWAY) {
      state = State.ON_TRIAL;
    }
  }

  /** Kafka acknowledged all that was handed over at that time. */
  void acknowledged(long handedOver, long now) {
    if (state != State.USABLE) {
      acknowledgedInBetween(handedOver, now);
    }
  }

  private synchronized void acknowledgedInBetween(long handedOver, long now) {
    if (handedOver - changedAt >= 0) {
      usable(now);
    }
  }

  /** From now on everything is handed to Kafka. */
  synchronized void usable(long now) {
    if (state == State.USABLE) {
      return;
    }
    log.atInfo()
        .addKeyValue("awayFor", Duration.ofNanos(now - changedAt))
        .log("Kafka takes events; new ones go straight to it");
    changedAt = now;
    state = State.USABLE;
  }

  /** Kafka failed, or didn't acknowledge in time, what was handed over at that time. */
  synchronized void failed(long handedOver, long now, String failure) {
    if (state != State.USABLE || handedOver - changedAt < 0) {
      return;
    }
    relapses = now - changedAt < STEADY.toNanos() ? Math.min(relapses + 1, MOST_RELAPSES) : 0;
    log.atWarn()
        .addKeyValue("failure", failure)
        .log("Kafka doesn't acknowledge events; they go to the spool until it does");
    state = State.AWAY;
    changedAt = now;
  }

  /** How long Kafka has been away; zero when it isn't. */
  Duration awayFor(long now) {
    return state == State.USABLE ? Duration.ZERO : Duration.ofNanos(now - changedAt);
  }

  /** How often, in a row, Kafka was away again soon after it had come back. */
  synchronized int relapses() {
    return relapses;
  }
}
