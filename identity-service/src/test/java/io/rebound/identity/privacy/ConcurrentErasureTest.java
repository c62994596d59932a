package io.rebound.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.consumption.Batch;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.PrivacyRequested;
import io.rebound.events.PrivacyType;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import io.rebound.identity.graph.ResolvePersons;
import io.rebound.identity.sightings.PersonIds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Other threads go on with events of a person while the erasure runs. */
class ConcurrentErasureTest {
  private final RunningIdentity identity = RunningIdentity.get();
  private final JdbcClient jdbc = identity.bean(JdbcClient.class);
  private final Instant erasedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);

  @RepeatedTest(6)
  void whatever_runs_beside_an_erasure_nothing_of_before_it_is_left() throws Exception {
    Identifier email = random(IdentifierType.EMAIL);
    Identifier account = random(IdentifierType.EXTERNAL_ID);
    Identifier browser = random(IdentifierType.ANONYMOUS_ID);
    take(List.of(event(-100, email, account)));
    var start = new CountDownLatch(1);
    List<Callable<Void>> work = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int number = thread;
      work.add(() -> {
        start.await();
        for (int i = 0; i < 10; i++) {
          take(
              List.of(
                  event(-50 - i, email, browser),
                  event(-90 - number, browser),
                  event(-40 - i, account, random(IdentifierType.ANONYMOUS_ID))));
        }
        return null;
      });
    }
    work.add(() -> {
      start.await();
      erase(email);
      return null;
    });

    try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
      List<Future<Void>> running = work.stream().map(threads::submit).toList();
      start.countDown();
      for (Future<Void> one : running) {
        one.get();
      }
    }
    erase(email); // a second request finds nobody any more, only what is suppressed

    // until all have answered, the order for the services is kept too, and tombstones are on their
    // way
    for (Identifier identifier : List.of(email, account)) {
      assertThat(
              Tables.rowsWith(List.of(identifier.pseudonym(), PersonIds.of(identifier).toString())))
          .allMatch(row ->
              row.startsWith("erased_identifier: ")
                  || row.startsWith("privacy_request: ")
                  || row.startsWith("outbox: ")
                  || row.contains("person.erased"));
    }
    assertThat(
            jdbc.sql(
                    "select count(*) from sign_in s left join evidence e using (evidence_id) where e.evidence_id is null")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void an_erasure_waits_for_a_batch_that_has_asked_who_is_erased() throws Exception {
    Identifier email = random(IdentifierType.EMAIL);
    var taken = new CountDownLatch(1);
    var mayCommit = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> batch =
          threads.submit(() ->
              identity
                  .transaction()
                  .executeWithoutResult(_ -> {
                    handle(List.of(event(-10, email)));
                    taken.countDown();
                    awaitQuietly(mayCommit);
                  }));
      taken.await();
      Future<?> erasure = threads.submit(() -> erase(email));
      await()
          .until(() ->
              jdbc.sql(
                      """
                      select exists (select from pg_locks
                        where locktype = 'advisory' and not granted and mode = 'ExclusiveLock'
                          and database = (select oid from pg_database
                                          where datname = current_database()))
                      """)
                  .query(Boolean.class)
                  .single());
      assertThat(erasure.isDone()).isFalse();
      mayCommit.countDown();
      batch.get();
      erasure.get();
    }

    assertThat(
            jdbc.sql("select count(*) from identifier where identifier_id = :id")
                .param("id", PersonIds.of(email))
                .query(Long.class)
                .single())
        .isZero();
  }

  private void take(List<TrackedEvent> events) {
    while (true) {
      try {
        identity.transaction().executeWithoutResult(_ -> handle(events));
        return;
      } catch (ConcurrencyFailureException e) {
        // as the consumer does: the batch again
      }
    }
  }

  private void handle(List<TrackedEvent> events) {
    identity.bean(ResolvePersons.class).handle(new Batch<>(events, Instant.now(), false));
  }

  private void erase(Identifier identifier) {
    var request =
        new PrivacyRequested(UUID.randomUUID(), PrivacyType.ERASURE, List.of(identifier), erasedAt);
    identity
        .transaction()
        .executeWithoutResult(_ ->
            identity
                .bean(CarryOutPrivacyRequests.class)
                .handle(new Batch<>(List.of(request), Instant.now(), false)));
  }

  private TrackedEvent event(long secondsAfter, Identifier... identifiers) {
    return Customer.event(erasedAt.plusSeconds(secondsAfter), Map.of(), identifiers);
  }

  private static Identifier random(IdentifierType type) {
    return Customer.identifier(
        type,
        type == IdentifierType.EMAIL
            ? UUID.randomUUID() + "@shop.example"
            : UUID.randomUUID().toString());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
