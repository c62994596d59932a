package io.rebound.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyType;
import io.rebound.events.Topics;
import io.rebound.identity.RunningIdentity;
import io.rebound.identity.sightings.PersonIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** From the door to the last receipt, and what comes after it. */
class ErasureTest {
  private final RunningIdentity identity = RunningIdentity.get();
  private final JdbcClient jdbc = identity.bean(JdbcClient.class);
  private final Requests requests = new Requests();
  private final Instant before = Instant.now().minusSeconds(3600);

  @Test
  void an_erasure_ends_with_the_receipts_of_all_services_and_leaves_only_suppression_pseudonyms() {
    Customer anna = new Customer().visits(before);
    UUID person = person(anna.address);
    List<String> telling = telling(anna);
    assertThat(Tables.rowsWith(telling)).hasSizeGreaterThan(8);

    UUID request = requests.request("erasure", "email", anna.address.toUpperCase());

    PrivacyOrder order = requests.awaitOrder(request);
    assertThat(order.type()).isEqualTo(PrivacyType.ERASURE);
    assertThat(order.persons())
        .contains(
            person,
            PersonIds.of(anna.email),
            PersonIds.of(anna.account),
            PersonIds.of(anna.browser));
    assertThat(order.identifiers()).contains(anna.email, anna.account, anna.browser);
    for (String service : Requests.OTHERS) {
      assertThat(requests.status(request)).isEqualTo("pending");
      requests.answer(request, service);
    }
    await().until(() -> requests.status(request).equals("completed"));
    JsonNode shown = requests.shown(request);
    assertThat(shown.path("receipts").valueStream().map(one -> one.path("service").asString()))
        .containsExactlyInAnyOrder(
            "identity", "ingest", "segmentation", "capi-sync", "catalog-feed", "whatsapp");
    JsonNode own = receipt(shown, "identity");
    assertThat(own.path("counts").path("identifiers").asLong()).isEqualTo(2);
    assertThat(own.path("counts").path("devices").asLong()).isEqualTo(1);
    assertThat(own.path("counts").path("events").asLong()).isEqualTo(2);
    assertThat(own.path("ages_out").propertyNames()).contains("topics", "backups", "logs");
    assertThat(shown.has("export")).isFalse();

    assertThat(identity.get("/v1/persons?email=" + anna.address).statusCode()).isEqualTo(404);
    for (UUID id : order.persons()) {
      assertThat(identity.get("/v1/persons/" + id).statusCode()).isEqualTo(404);
    }
    awaitOutboxClear();
    assertThat(Tables.rowsWith(telling))
        .allMatch(row ->
            row.startsWith("erased_identifier: ")
                || row.startsWith("audit_entry: ") && row.contains("person.erased"));
    assertThat(identity.get("/v1/audit/verify").body()).contains("\"intact\":true");
  }

  @Test
  void the_compacted_profiles_end_with_a_tombstone_for_every_id() {
    Customer anna = new Customer().visits(before);
    assertThat(lastProfiles(Set.of(person(anna.address)))).isNotEmpty();

    UUID request = requests.erased("external_id", "nobody-" + UUID.randomUUID());
    assertThat(requests.orders(request)).hasSize(1);
    UUID annas = requests.erased("email", anna.address);

    awaitOutboxClear();
    Set<UUID> ids = Set.copyOf(requests.awaitOrder(annas).persons());
    await().untilAsserted(() -> assertThat(lastProfiles(ids)).isEmpty());
  }

  @Test
  void an_erasure_is_audited_by_the_suppression_pseudonym_and_the_persons_trace_forgets_them() {
    Customer anna = new Customer().visits(before);
    UUID person = person(anna.address);
    assertThat(audit("?subject=person:" + person).size()).isPositive();

    UUID request = requests.erased("email", anna.address);

    assertThat(audit("?subject=person:" + person + "&action=person.read").size()).isZero();
    JsonNode asked = audit("?subject=privacy_request:" + request).path(0);
    assertThat(asked.path("action").asString()).isEqualTo("privacy.requested");
    assertThat(asked.path("actor").asString()).isEqualTo("tests");
    assertThat(asked.path("ground").asString()).isEqualTo("data_subject");
    JsonNode erased = audit("?subject=erased_identifier:" + PersonIds.of(anna.email)).path(0);
    assertThat(erased.path("action").asString()).isEqualTo("person.erased");
    assertThat(erased.path("details").path("request_id").asString()).isEqualTo(request.toString());
  }

  @Test
  void an_erased_person_is_not_rebuilt_of_events_that_come_late() {
    Customer anna = new Customer().visits(before);
    requests.erased("email", anna.address);
    double suppressed = suppressed();

    String late = anna.does(before.plusSeconds(5), Map.of(), anna.account, anna.browser);
    String lateToo = anna.does(before.plusSeconds(6), Map.of(), anna.browser);
    Customer.awaitTaken(late);
    Customer.awaitTaken(lateToo);

    assertThat(suppressed()).isEqualTo(suppressed + 2);
    assertThat(identity.get("/v1/persons?email=" + anna.address).statusCode()).isEqualTo(404);
    assertThat(count("identifier", "pseudonym = '" + anna.account.pseudonym() + "'")).isZero();
    assertThat(count("device", "pseudonym = '" + anna.browser.pseudonym() + "'")).isZero();
    assertThat(identity.get("/v1/dead-letters?limit=1000").body()).doesNotContain(late);
  }

  @Test
  void who_returns_after_the_erasure_is_a_new_person() {
    Customer anna = new Customer().visits(before);
    UUID first = person(anna.address);
    UUID request = requests.erased("email", anna.address);
    List<UUID> erased = requests.awaitOrder(request).persons();

    String back =
        anna.does(Instant.now().plusSeconds(1), Map.of(), anna.account, anna.email, anna.browser);
    Customer.awaitTaken(back);

    UUID second = person(anna.address);
    assertThat(second).isNotEqualTo(first);
    assertThat(identity.get("/v1/persons/" + first).statusCode()).isEqualTo(404);
    UUID announced = identified(back).personId();
    assertThat(erased).doesNotContain(announced, second);
    JsonNode shown = Requests.json(identity.get("/v1/persons/" + second));
    assertThat(shown.path("consents").path("messaging").asBoolean()).isFalse(); // said nothing yet
    assertThat(shown.path("merged_from").valueStream().map(id -> UUID.fromString(id.asString())))
        .doesNotContainAnyElementsOf(erased);

    UUID again = requests.erased("email", anna.address); // and may go again
    assertThat(requests.awaitOrder(again).persons()).contains(second);
    assertThat(identity.get("/v1/persons?email=" + anna.address).statusCode()).isEqualTo(404);
  }

  @Test
  void a_device_that_somebody_else_used_too_stays_theirs() {
    Customer anna = new Customer().visits(before);
    Customer ben = new Customer();
    String bens = ben.does(before.plusSeconds(600), Map.of(), ben.email, anna.browser);
    String bensToo = ben.does(before.plusSeconds(700), Map.of(), anna.browser);
    Customer.awaitTaken(bens);
    Customer.awaitTaken(bensToo);
    UUID person = person(ben.address);

    UUID request = requests.erased("email", anna.address);

    assertThat(requests.awaitOrder(request).persons())
        .doesNotContain(person, PersonIds.of(anna.browser));
    assertThat(person(ben.address)).isEqualTo(person);
    assertThat(count("sign_in", "device_id = '" + PersonIds.of(anna.browser) + "'")).isEqualTo(1);
    assertThat(count("anonymous_event", "event_id = '" + bensToo + "'")).isEqualTo(1);
    assertThat(Tables.rowsWith(List.of(anna.account.pseudonym(), anna.email.pseudonym())))
        .isEmpty();
  }

  @Test
  void somebody_elses_event_loses_the_erased_persons_device_and_stays_theirs() {
    Customer anna = new Customer().visits(before);
    Customer ben = new Customer().visits(before);
    Identifier phone = Customer.identifier(IdentifierType.MADID, UUID.randomUUID().toString());
    String signIn = ben.does(before.plusSeconds(100), Map.of(), ben.account, ben.browser);
    // made on ben's browser, with a device that only anna signs in on
    String both = ben.does(before.plusSeconds(200), Map.of(), ben.browser, phone);
    String annas = anna.does(before.plusSeconds(300), Map.of(), anna.account, phone);
    Stream.of(signIn, both, annas).forEach(Customer::awaitTaken);

    requests.erased("email", anna.address);

    assertThat(
            jdbc.sql("select devices::text from anonymous_event where event_id = :id")
                .param("id", both)
                .query(String.class)
                .single())
        .isEqualTo("{" + PersonIds.of(ben.browser) + "}");
    assertThat(Tables.rowsWith(List.of(phone.pseudonym()))).isEmpty();
  }

  @Test
  void a_visitor_can_go_by_the_cookie() {
    Customer visitor = new Customer();
    String event = visitor.does(before, Map.of(), visitor.browser);
    Customer.awaitTaken(event);

    UUID request = requests.request("erasure", "anonymous_id", "unknown-" + UUID.randomUUID());
    assertThat(requests.awaitOrder(request).persons()).hasSize(1);
    // pseudonyms can't be turned back, so the raw value is this test's own
    String raw = "v-" + UUID.randomUUID();
    Identifier cookie = Customer.identifier(IdentifierType.ANONYMOUS_ID, raw);
    Customer.awaitTaken(visitor.does(before, Map.of(), cookie));
    UUID erased = requests.erased("anonymous_id", raw);

    assertThat(requests.awaitOrder(erased).persons()).containsExactly(PersonIds.of(cookie));
    assertThat(count("device", "pseudonym = '" + cookie.pseudonym() + "'")).isZero();
    assertThat(count("anonymous_event", "visitor_id = '" + PersonIds.of(cookie) + "'")).isZero();
  }

  @Test
  void somebody_nobody_knows_is_suppressed_and_every_service_asked() {
    String address = UUID.randomUUID() + "@shop.example";
    Identifier email = Customer.identifier(IdentifierType.EMAIL, address);

    UUID request = requests.erased("email", address);

    PrivacyOrder order = requests.awaitOrder(request);
    assertThat(order.persons()).containsExactly(PersonIds.of(email));
    assertThat(order.identifiers()).containsExactly(email);
    assertThat(count("erased_identifier", "first_id = '" + PersonIds.of(email) + "'")).isEqualTo(1);
    double suppressed = suppressed();
    Customer.awaitTaken(new Customer().does(before, Map.of(), email));
    assertThat(suppressed()).isEqualTo(suppressed + 1);
  }

  @Test
  void an_address_of_a_role_that_was_erased_costs_nobody_their_events() {
    String address = UUID.randomUUID() + "@shop.example";
    requests.erased("email", address);
    Identifier email = Customer.identifier(IdentifierType.EMAIL, address);
    Customer ben = new Customer();
    double suppressed = suppressed();

    Customer.awaitTaken(
        ben.does(
            before, Map.of(), ben.account, new Identifier(email.type(), email.pseudonym(), true)));

    assertThat(suppressed()).isEqualTo(suppressed);
    assertThat(count("identifier", "pseudonym = '" + ben.account.pseudonym() + "'")).isEqualTo(1);
  }

  @Test
  void dead_letters_about_the_person_go_too() {
    Customer anna = new Customer().visits(before);
    jdbc.sql(
            """
            insert into dead_letter (topic, partition_no, record_offset, record_time, record_key,
                                     record_value, headers, reason)
            values ('events', 0, :offset, now(), 'key', convert_to(:value, 'UTF8'), '{}', 'of a test')
            """)
        .param("offset", System.nanoTime())
        .param("value", "{broken " + anna.account.pseudonym())
        .update();

    requests.erased("email", anna.address);

    assertThat(Tables.rowsWith(List.of(anna.account.pseudonym()))).isEmpty();
  }

  private UUID person(String address) {
    var found = identity.get("/v1/persons?email=" + address);
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    return UUID.fromString(Requests.json(found).path("person_id").asString());
  }

  private static List<String> telling(Customer customer) {
    var words = new ArrayList<>(customer.eventIds);
    words.add(customer.address);
    Stream.of(customer.account, customer.email, customer.browser)
        .forEach(identifier -> {
          words.add(identifier.pseudonym());
          words.add(PersonIds.of(identifier).toString());
        });
    return words;
  }

  private static JsonNode receipt(JsonNode shown, String service) {
    return shown
        .path("receipts")
        .valueStream()
        .filter(one -> one.path("service").asString().equals(service))
        .findFirst()
        .orElseThrow();
  }

  /** Of these ids, those whose last record isn't a tombstone. */
  private static Set<String> lastProfiles(Set<UUID> ids) {
    Set<String> keys = ids.stream().map(UUID::toString).collect(Collectors.toSet());
    Map<String, Boolean> last =
        Log.of(Topics.PROFILES).stream()
            .filter(entry -> keys.contains(entry.key()))
            .collect(
                Collectors.toMap(
                    Log.Entry::key, entry -> entry.value() != null, (_, newer) -> newer));
    last.values().removeIf(kept -> !kept);
    return last.keySet();
  }

  private static IdentifiedEvent identified(String eventId) {
    await()
        .until(
            () -> Log.of(Topics.IDENTIFIED_EVENTS).stream().anyMatch(entry -> is(entry, eventId)));
    return (IdentifiedEvent)
        Log.of(Topics.IDENTIFIED_EVENTS).stream()
            .filter(entry -> is(entry, eventId))
            .findFirst()
            .orElseThrow()
            .value();
  }

  private static boolean is(Log.Entry<?> entry, String eventId) {
    return entry.value() instanceof IdentifiedEvent event && event.key().eventId().equals(eventId);
  }

  private void awaitOutboxClear() {
    await().until(() -> count("outbox", "true") == 0);
  }

  private long count(String table, String where) {
    return jdbc.sql("select count(*) from " + table + " where " + where).query(Long.class).single();
  }

  private double suppressed() {
    return identity
        .bean(MeterRegistry.class)
        .get("rebound_identity_suppressed_events_total")
        .counter()
        .count();
  }

  private JsonNode audit(String query) {
    return Requests.json(identity.get("/v1/audit" + query)).path("data");
  }
}
