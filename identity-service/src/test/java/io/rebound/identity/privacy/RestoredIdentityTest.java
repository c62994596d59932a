package io.rebound.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.consumption.Batch;
import io.rebound.events.PrivacyMessage;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyRequested;
import io.rebound.events.PrivacyType;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import io.rebound.identity.graph.ResolvePersons;
import io.rebound.identity.sightings.Erasures;
import io.rebound.identity.sightings.PersonIds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Erasures that were made since a backup are made again when it is restored. */
class RestoredIdentityTest {
  private static final Duration REPLAY = Duration.ofSeconds(60);

  private final RunningIdentity identity = RunningIdentity.get();
  private final JdbcClient jdbc = identity.bean(JdbcClient.class);
  private final Requests requests = new Requests();

  @Test
  void a_database_restored_to_before_the_erasure_comes_to_the_erasure_again() {
    Customer anna = new Customer().visits(Instant.now().minusSeconds(3600));
    UUID request = requests.erased("email", anna.address);
    List<String> telling = new ArrayList<>(List.of(anna.account.pseudonym()));
    requests.awaitOrder(request).persons().forEach(person -> telling.add(person.toString()));

    long consumed = consumed();
    identity.forgetEverything(); // and nothing had been consumed then
    jdbc.sql("update consumer_position set next_offset = 0").update();

    await()
        .atMost(REPLAY)
        .until(() -> shown(request) && requests.status(request).equals("completed"));
    await().atMost(REPLAY).until(() -> consumed() >= consumed);
    await().until(() -> jdbc.sql("select count(*) from outbox").query(Long.class).single() == 0);
    assertThat(identity.get("/v1/persons?email=" + anna.address).statusCode()).isEqualTo(404);
    assertThat(Tables.rowsWith(telling))
        .allMatch(row -> row.startsWith("erased_identifier: ") || row.contains("person.erased"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whoever_returned_is_the_same_new_person_as_before_in_whatever_order_all_is_read_again(
      long seed) {
    Instant erased = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Customer anna = new Customer();
    TrackedEvent before =
        Customer.event(erased.minusSeconds(9), Map.of(Purpose.ADS, true), anna.email, anna.account);
    TrackedEvent after =
        Customer.event(erased.plusSeconds(9), Map.of(Purpose.ADS, false), anna.email, anna.account);
    UUID requestId = UUID.randomUUID();
    var request = new PrivacyRequested(requestId, PrivacyType.ERASURE, List.of(anna.email), erased);
    event(before, false);
    PrivacyOrder order = privacy(request);
    event(after, false);
    UUID returned = person(anna);

    identity.forgetEverything();
    remembered(order);
    List<Runnable> again =
        new ArrayList<>(
            List.of(
                () -> event(before, true),
                () -> event(after, true),
                () -> privacy(request),
                () -> privacy(order)));
    Collections.shuffle(again, new Random(seed));
    again.forEach(Runnable::run);

    assertThat(person(anna)).isEqualTo(returned).isNotIn(order.persons());
    assertThat(
            jdbc.sql("select stated_ads from person where person_id = :id")
                .param("id", returned)
                .query(Boolean.class)
                .single())
        .isFalse();
    List<String> telling =
        List.of(PersonIds.of(anna.email).toString(), PersonIds.of(anna.account).toString());
    // the running service sends tombstones meanwhile, which wait in the outbox
    await()
        .untilAsserted(() ->
            assertThat(Tables.rowsWith(telling))
                .allMatch(row ->
                    row.startsWith("erased_identifier: ")
                        || row.startsWith("privacy_request: ") // services have to answer it still
                        || row.contains("person.erased")));
  }

  @Test
  void a_starting_identity_learns_from_the_topic_who_was_erased() {
    Customer anna = new Customer().visits(Instant.now().minusSeconds(3600));
    requests.erased("email", anna.address);
    UUID suppressed = PersonIds.of(anna.account); // which only the order names
    jdbc.sql("delete from erased_identifier where first_id = :id").param("id", suppressed).update();

    identity.bean(RememberErasures.class).rememberFrom(Map.of());

    assertThat(
            jdbc.sql("select count(*) from erased_identifier where first_id = :id")
                .param("id", suppressed)
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  /** As a starting identity does with what is in the topic. */
  private void remembered(PrivacyOrder order) {
    identity
        .transaction()
        .executeWithoutResult(_ -> {
          var erasures = identity.bean(Erasures.class);
          erasures.suppress(order.identifiers(), order.at());
        });
  }

  private PrivacyOrder privacy(PrivacyMessage message) {
    return identity
        .transaction()
        .execute(_ ->
            identity
                .bean(CarryOutPrivacyRequests.class)
                .handle(new Batch<>(List.of(message), Instant.now(), false)))
        .entries()
        .stream()
        .map(entry -> (PrivacyOrder) entry.value())
        .findFirst()
        .orElse(null);
  }

  private void event(TrackedEvent event, boolean repeated) {
    identity
        .transaction()
        .executeWithoutResult(_ ->
            identity
                .bean(ResolvePersons.class)
                .handle(new Batch<>(List.of(event), Instant.now(), repeated)));
  }

  private UUID person(Customer customer) {
    var found = identity.get("/v1/persons?email=" + customer.address);
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    return UUID.fromString(Requests.json(found).path("person_id").asString());
  }

  private boolean shown(UUID request) {
    return identity.get("/v1/privacy/requests/" + request).statusCode() == 200;
  }

  private long consumed() {
    return jdbc.sql("select sum(next_offset) from consumer_position").query(Long.class).single();
  }
}
