package io.rebound.capisync.audiences;

import io.rebound.capisync.CapiSyncProperties;
import io.rebound.capisync.audiences.AudienceChanges.Changes;
import io.rebound.capisync.audiences.AudienceTable.Claimed;
import io.rebound.capisync.audiences.Members.Due;
import io.rebound.capisync.disclosures.Disclosures;
import io.rebound.capisync.disclosures.Disclosures.Change;
import io.rebound.capisync.disclosures.Disclosures.MembersRequest;
import io.rebound.meta.Backoff;
import io.rebound.meta.CustomAudiences;
import io.rebound.meta.CustomAudiences.Audience;
import io.rebound.meta.CustomAudiences.Received;
import io.rebound.meta.CustomAudiences.Rows;
import io.rebound.meta.GraphOutcome;
import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphOutcome.Refused;
import io.rebound.meta.GraphOutcome.RetryLater;
import io.rebound.meta.GraphOutcome.Setup;
import io.rebound.meta.GraphOutcome.Throttled;
import io.rebound.meta.GraphOutcome.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings one audience at a time in step. Removals go before additions, because a removal takes away
 * everybody who shares a key with it. What an addition will say is written down before it is said,
 * so that the removal of whoever was perhaps added knows the keys; that a removal will be said is
 * written down so that whoever comes back before its answer is added again. Until the answer is
 * written down too, it is said again.
 */
@Component
class AudienceSync {
  private static final Logger log = LoggerFactory.getLogger(AudienceSync.class);
  // the client paces calls as a whole; these only keep what fails by itself out of the others' way
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));
  private static final Backoff REFUSED = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10));
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int AT_ONCE = 5_000;

  private final AudienceTable audiences;
  private final Members members;
  private final AudienceChanges changes;
  private final CustomAudiences meta;
  private final Disclosures disclosures;
  private final TransactionOperations transactions;
  private final String adAccount;
  private final Clock clock;

  AudienceSync(
      AudienceTable audiences,
      Members members,
      AudienceChanges changes,
      CustomAudiences meta,
      Disclosures disclosures,
      TransactionOperations transactions,
      CapiSyncProperties target,
      Clock clock) {
    this.audiences = audiences;
    this.members = members;
    this.changes = changes;
    this.meta = meta;
    this.disclosures = disclosures;
    this.transactions = transactions;
    this.adAccount = target.adAccount();
    this.clock = clock;
  }

  /** A call didn't do what was to be done; carries no stack trace. */
  private static final class NotDone extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Why why;
    private final @Nullable Instant until;

    NotDone(Why why, String reason, @Nullable Instant until) {
      super(reason, null, false, false);
      this.why = why;
      this.until = until;
    }

    enum Why {
      FAILED,
      REFUSED,
      FOR_A_PERSON,
      NOT_SENT
    }
  }

  /**
   * Takes one audience a step further; false if there was nothing to do, or nothing can be done.
   */
  boolean syncOne() {
    if (!meta.ready(adAccount)) {
      return false; // what is due waits where it is, untried
    }
    String claim = UUID.randomUUID().toString();
    Optional<Claimed> claimed = audiences.claim(claim, LEASE, clock.instant());
    claimed.ifPresent(audience -> {
      try {
        sync(audience, claim);
        audiences.done(audience.segment(), claim, clock.instant());
      } catch (NotDone notDone) {
        failed(audience, claim, notDone);
      }
    });
    return claimed.isPresent();
  }

  private void failed(Claimed audience, String claim, NotDone notDone) {
    String reason = String.valueOf(notDone.getMessage());
    if (notDone.why == NotDone.Why.FOR_A_PERSON) {
      waitForAPerson(audience, claim, notDone, reason);
      return;
    }
    if (notDone.why == NotDone.Why.NOT_SENT) {
      Instant soon = clock.instant().plus(BACKOFF.first());
      audiences.waits(
          audience.segment(), claim, reason, notDone.until == null ? soon : notDone.until);
      return;
    }
    Backoff steps = notDone.why == NotDone.Why.REFUSED ? REFUSED : BACKOFF;
    Instant backOff = clock.instant().plus(steps.pause(audience.failures() + 1));
    Instant dueAt =
        notDone.until == null || notDone.until.isBefore(backOff) ? backOff : notDone.until;
    audiences.failed(audience.segment(), claim, reason, dueAt);
    log.atWarn()
        .addKeyValue("segment", audience.segment())
        .addKeyValue("reason", reason)
        .addKeyValue("next_try", dueAt)
        .log("An audience can't be brought in step right now");
  }

  // Announced by the client, once. What holds the whole account keeps its audiences from being
  // claimed, so they are due the moment it is over; one that is blocked alone mustn't come back at
  // once.
  private void waitForAPerson(Claimed audience, String claim, NotDone notDone, String reason) {
    Instant now = clock.instant();
    Instant dueAt = notDone.until == null || !meta.ready(adAccount) ? now : notDone.until;
    audiences.waits(audience.segment(), claim, reason, dueAt);
  }

  private void sync(Claimed audience, String claim) {
    List<Due> due = members.due(audience.segment(), AT_ONCE);
    Changes change = changes.of(due);
    if (!change.gone().isEmpty() || !change.additions().isEmpty()) {
      String id = audience.id() == null ? found(audience.segment()) : audience.id();
      remove(audience.segment(), id, claim, change);
      add(audience.segment(), id, claim, change);
    }
    write(() -> {
      members.settled(audience.segment(), due);
      members.lookAgain(audience.segment(), change.waiting());
    });
  }

  private void remove(String segment, String id, String claim, Changes change) {
    if (!change.removals().isEmpty()) {
      write(() -> members.removing(segment, change.gone(), change.others()));
    }
    for (int from = 0; from < change.removals().size(); from += CustomAudiences.MAX_ROWS) {
      List<List<String>> some = part(change.removals(), from);
      keep(segment, claim);
      GraphOutcome<Received> outcome =
          meta.remove(adAccount, id, new Rows(AudienceRows.SCHEMA, some));
      note(segment, id, Change.REMOVED, some.size(), outcome, change.gone());
      answer(outcome);
    }
    if (!change.gone().isEmpty()) {
      write(() -> members.removed(segment, change.gone(), change.others()));
    }
  }

  private void add(String segment, String id, String claim, Changes change) {
    if (change.additions().isEmpty()) {
      return;
    }
    write(() -> members.adding(segment, change.keys()));
    List<List<String>> rows = change.additions().values().stream().flatMap(List::stream).toList();
    for (int from = 0; from < rows.size(); from += CustomAudiences.MAX_ROWS) {
      keep(segment, claim);
      List<List<String>> some = part(rows, from);
      GraphOutcome<Received> outcome = meta.add(adAccount, id, new Rows(AudienceRows.SCHEMA, some));
      note(segment, id, Change.ADDED, some.size(), outcome, change.additions().keySet());
      answer(outcome);
    }
  }

  // where one request doesn't take all, each is noted with all persons: they were in one of them
  private void note(
      String segment,
      String id,
      Change change,
      int rows,
      GraphOutcome<Received> outcome,
      Set<UUID> persons) {
    if (outcome.wasSent()) {
      disclosures.ofMembers(
          new MembersRequest(clock.instant(), segment, id, change, rows, outcome.label()), persons);
    }
  }

  private void write(Runnable change) {
    transactions.executeWithoutResult(_ -> {
      members.alone();
      change.run();
    });
  }

  private static List<List<String>> part(List<List<String>> rows, int from) {
    return rows.subList(from, Math.min(rows.size(), from + CustomAudiences.MAX_ROWS));
  }

  private void keep(String segment, String claim) {
    if (!audiences.extend(segment, claim, clock.instant().plus(LEASE))) {
      throw new NotDone(NotDone.Why.FAILED, "another instance took over", null);
    }
  }

  /** The segment's audience, by its name; made if Meta has none. */
  private String found(String segment) {
    String name = "Rebound " + segment;
    Optional<Audience> existing = done(meta.findByName(adAccount, name));
    String id =
        existing.isPresent()
            ? existing.get().id()
            : done(meta.create(adAccount, name, "Kept in step by Rebound"));
    audiences.created(segment, id);
    log.atInfo()
        .addKeyValue("segment", segment)
        .addKeyValue("audience", id)
        .log(existing.isPresent() ? "Found the audience" : "Created the audience");
    return id;
  }

  private static void answer(GraphOutcome<Received> outcome) {
    Received received = done(outcome);
    if (received.invalid() > 0) {
      log.atWarn()
          .addKeyValue("invalid", received.invalid())
          .addKeyValue("received", received.rows())
          .log("Meta found entries that aren't hashed as it wants them");
    }
  }

  private static NotDone.Why failure(GraphOutcome<?> outcome) {
    return outcome.wasSent() ? NotDone.Why.FAILED : NotDone.Why.NOT_SENT;
  }

  private static <T> T done(GraphOutcome<T> outcome) {
    return switch (outcome) {
      case Done<T>(var answer) -> answer;
      case RetryLater<T>(_, var error) ->
          throw new NotDone(failure(outcome), error.summary(), null);
      case Throttled<T>(var until, var error) ->
          throw new NotDone(failure(outcome), error.summary(), until);
      case Refused<T>(var error) ->
          throw new NotDone(NotDone.Why.REFUSED, "refused: " + error.summary(), null);
      case Setup<T>(var problem, var probeAt, var error) ->
          throw new NotDone(
              NotDone.Why.FOR_A_PERSON, problem.label() + ": " + error.summary(), probeAt);
      case Unknown<T> _ -> throw new NotDone(NotDone.Why.FAILED, "no answer from Meta", null);
    };
  }
}
