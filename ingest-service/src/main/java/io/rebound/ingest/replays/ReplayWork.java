package io.rebound.ingest.replays;

import io.rebound.ingest.quarantine.KeptEvent;
import io.rebound.ingest.quarantine.RejectedEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Works on replays, one at a time, in batches that are bounded in number and size. A replay whose
 * worker died is claimed by the next one and goes on after its last settled batch; the events of
 * the batch that wasn't settled are published once more, with the same ids.
 */
@Component
class ReplayWork {
  private static final Logger log = LoggerFactory.getLogger(ReplayWork.class);
  private static final int MOST_EVENTS = 200;
  private static final long MOST_BYTES = 4L * 1024 * 1024;
  private static final Duration CLAIM = Duration.ofMinutes(2);

  private final Replays replays;
  private final RejectedEvents events;
  private final SecondTry secondTry;
  private final Settlement settlement;
  private final Clock clock;
  private final AtomicBoolean working = new AtomicBoolean();

  ReplayWork(
      Replays replays,
      RejectedEvents events,
      SecondTry secondTry,
      Settlement settlement,
      Clock clock) {
    this.replays = replays;
    this.events = events;
    this.secondTry = secondTry;
    this.settlement = settlement;
    this.clock = clock;
  }

  /** The scheduler's thread is for short things. */
  @Scheduled(fixedDelayString = "PT1S")
  void look() {
    if (working.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("replay")
          .start(() -> {
            try {
              workAll();
            } catch (DataAccessException | TransactionException e) {
              log.atWarn()
                  .addKeyValue("failure", e.getClass().getSimpleName())
                  .log("The quarantine's database is away; replays go on when it is back");
            } finally {
              working.set(false);
            }
          });
    }
  }

  private void workAll() {
    Instant now = clock.instant();
    Optional<Replay> claimed = replays.claim(now, now.plus(CLAIM));
    while (claimed.isPresent()) {
      work(claimed.get());
      now = clock.instant();
      claimed = replays.claim(now, now.plus(CLAIM));
    }
  }

  private void work(Replay claimed) {
    @Nullable Replay replay = claimed;
    while (replay != null) {
      List<KeptEvent> batch =
          events.next(replay.filter(), replay.lastId(), replay.uptoId(), MOST_EVENTS, MOST_BYTES);
      if (batch.isEmpty()) {
        replays.finish(replay, clock.instant());
        return;
      }
      replay = tryAgain(replay, batch);
    }
  }

  /** Null if this worker has to leave it. */
  private @Nullable Replay tryAgain(Replay replay, List<KeptEvent> batch) {
    List<CompletableFuture<Verdict>> tries = batch.stream().map(secondTry::of).toList();
    var accepted = new ArrayList<Verdict.Accepted>();
    var rejected = new ArrayList<Verdict.Rejected>();
    for (CompletableFuture<Verdict> one : tries) {
      switch (one.join()) {
        case Verdict.Accepted yes -> accepted.add(yes);
        case Verdict.Rejected no -> rejected.add(no);
        case Verdict.NotDurable(var pause) -> {
          replays.release(replay, clock.instant().plus(pause));
          return null;
        }
      }
    }
    Instant now = clock.instant();
    var next = new ArrayList<Replay>(1);
    settlement.settle(
        accepted,
        rejected,
        () -> {
          replays
              .advance(
                  replay,
                  batch.getLast().id(),
                  accepted.size(),
                  rejected.size(),
                  now,
                  now.plus(CLAIM))
              .ifPresent(next::add);
          return !next.isEmpty();
        });
    return next.isEmpty() ? null : next.getFirst();
  }
}
