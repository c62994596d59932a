package io.rebound.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.PrivacyType;
import io.rebound.identity.RunningIdentity;
import io.rebound.identity.sightings.PersonIds;
import io.rebound.privacy.SealedExport;
import io.rebound.sealing.Sealer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A copy of everything, put together of what the services hand over. */
class AccessTest {
  private final RunningIdentity identity = RunningIdentity.get();
  private final JdbcClient jdbc = identity.bean(JdbcClient.class);
  private final Requests requests = new Requests();
  private final Instant before = Instant.now().minusSeconds(3600);

  @Test
  void an_access_request_ends_with_one_document_of_what_every_service_holds() {
    Customer anna = new Customer().visits(before);
    UUID request = requests.request("access", "email", anna.address);
    PrivacyOrder order = requests.awaitOrder(request);
    assertThat(order.type()).isEqualTo(PrivacyType.ACCESS);
    assertThat(order.identifiers()).contains(anna.email, anna.account, anna.browser);
    assertThat(requests.shown(request).has("export")).isFalse();

    Map<String, ?> disclosed = Map.of("disclosures", List.of(Map.of("event_name", "Purchase")));
    for (String service : Requests.OTHERS) {
      requests.handOver(
          request, service, service.equals("capi-sync") ? disclosed : Map.of(), Instant.now());
    }
    await().until(() -> requests.status(request).equals("completed"));

    JsonNode export = requests.shown(request).path("export");
    assertThat(export.path("format").asString()).isEqualTo("rebound-person-export/1");
    assertThat(order.persons()).contains(UUID.fromString(export.path("person_id").asString()));
    JsonNode services = export.path("services");
    assertThat(services.propertyNames())
        .containsExactlyInAnyOrder(
            "identity", "ingest", "segmentation", "capi-sync", "catalog-feed", "whatsapp");
    assertThat(services.path("capi-sync").path("disclosures").path(0).path("event_name").asString())
        .isEqualTo("Purchase");
    JsonNode own = services.path("identity");
    assertThat(own.path("identifiers").valueStream().map(one -> one.path("pseudonym").asString()))
        .containsExactlyInAnyOrder(anna.email.pseudonym(), anna.account.pseudonym());
    assertThat(own.path("devices").path(0).path("type").asString()).isEqualTo("anonymous_id");
    assertThat(own.path("events").path(0).path("event_id").asString())
        .isEqualTo(anna.eventIds.getFirst());
    assertThat(own.path("sign_ins").size()).isEqualTo(1);
    JsonNode consent =
        own.path("consent_statements")
            .valueStream()
            .filter(one -> one.has("messaging"))
            .findFirst()
            .orElseThrow();
    assertThat(consent.path("messaging").asBoolean()).isTrue();
    assertThat(consent.path("proved_by_event").asString()).isEqualTo(anna.eventIds.getLast());
    assertThat(own.path("sealed_contact_data").size()).isPositive();
  }

  @Test
  void each_read_of_an_export_is_audited_as_about_its_person() {
    Customer anna = new Customer().visits(before);
    UUID request = completed(anna);
    String person = requests.shown(request).path("export").path("person_id").asString();

    requests.shown(request);

    JsonNode reads =
        Requests.json(
                identity.get("/v1/audit?subject=person:" + person + "&action=privacy.export_read"))
            .path("data");
    assertThat(reads.valueStream())
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(one -> one.path("actor").asString().equals("tests"))
        .allMatch(
            one -> one.path("details").path("request_id").asString().equals(request.toString()));
  }

  @Test
  void an_export_is_kept_sealed_and_forgotten_after_some_days() {
    Customer anna = new Customer().visits(before);
    UUID request = completed(anna);
    assertThat(Tables.rowsWith(List.of("a secret of whatsapp"))).isEmpty();
    assertThat(requests.shown(request).toString()).contains("a secret of whatsapp");

    identity.bean(PrivacyRetention.class).forgetExports(Instant.now().plusSeconds(1));

    JsonNode shown = requests.shown(request);
    assertThat(shown.has("export")).isFalse();
    assertThat(shown.path("receipts").size()).isEqualTo(6);
    assertThat(Tables.rowsWith(List.of(request.toString())))
        .noneMatch(row -> row.startsWith("privacy_export_part"));
    // an answer that comes again doesn't bring it back
    requests.handOver(request, "whatsapp", Map.of("messages", List.of()), Instant.now());
    UUID another = requests.erased("email", UUID.randomUUID() + "@shop.example");
    assertThat(requests.status(another)).isEqualTo("completed");
    assertThat(requests.shown(request).has("export")).isFalse();
  }

  @Test
  void of_two_answers_of_one_service_the_parts_are_never_mixed() {
    Customer anna = new Customer().visits(before);
    UUID request = requests.request("access", "email", anna.address);
    requests.awaitOrder(request);
    List<PrivacyReceipt> first = large(request, 1, Instant.now().minusSeconds(9));
    List<PrivacyReceipt> second = large(request, 2, Instant.now());
    assertThat(first).hasSizeGreaterThan(1);
    requests.send(first.getFirst()); // and was killed

    second.forEach(requests::send);
    requests.send(second.getFirst()); // at least once
    Requests.OTHERS.stream()
        .filter(service -> !service.equals("ingest"))
        .forEach(service -> requests.handOver(request, service, Map.of(), Instant.now()));
    await().until(() -> requests.status(request).equals("completed"));

    JsonNode numbers =
        requests.shown(request).path("export").path("services").path("ingest").path("numbers");
    assertThat(numbers.path(0).asLong()).isEqualTo(numbers(2).getFirst());
    assertThat(numbers.size()).isEqualTo(100_000);
  }

  @Test
  void an_erasure_takes_the_persons_exports_with_it_and_what_of_them_still_comes() {
    Customer anna = new Customer().visits(before);
    UUID done = completed(anna);
    UUID open = requests.request("access", "email", anna.address);
    requests.awaitOrder(open);
    requests.handOver(open, "ingest", Map.of("held", "something"), Instant.now());

    requests.erased("email", anna.address);

    assertThat(requests.shown(done).has("export")).isFalse();
    requests.handOver(open, "whatsapp", Map.of("held", "something late"), Instant.now());
    requests.erased("email", UUID.randomUUID() + "@shop.example"); // later in the same topics
    assertThat(requests.shown(open).has("export")).isFalse();
    assertThat(
            jdbc.sql("select count(*) from privacy_export_part where request_id in (:ids)")
                .param("ids", List.of(open, done))
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void of_somebody_nobody_knows_there_is_an_empty_document() {
    String address = UUID.randomUUID() + "@shop.example";
    UUID request = requests.request("access", "email", address);
    requests.awaitOrder(request);
    Requests.OTHERS.forEach(
        service -> requests.handOver(request, service, Map.of(), Instant.now()));
    await().until(() -> requests.status(request).equals("completed"));

    JsonNode export = requests.shown(request).path("export");
    assertThat(export.path("person_id").asString())
        .isEqualTo(
            PersonIds.of(Customer.identifier(io.rebound.events.IdentifierType.EMAIL, address))
                .toString());
    assertThat(export.path("services").path("identity").path("identifiers").size()).isZero();
  }

  private UUID completed(Customer customer) {
    UUID request = requests.request("access", "email", customer.address);
    requests.awaitOrder(request);
    Requests.OTHERS.forEach(service ->
        requests.handOver(
            request, service, Map.of("held", "a secret of " + service), Instant.now()));
    await().until(() -> requests.status(request).equals("completed"));
    return request;
  }

  private List<PrivacyReceipt> large(UUID request, long seed, Instant at) {
    return SealedExport.receipts(
        identity.bean(Sealer.class), "ingest", request, Map.of("numbers", numbers(seed)), at);
  }

  private static List<Long> numbers(long seed) {
    return new Random(seed).longs(100_000).boxed().toList();
  }
}
