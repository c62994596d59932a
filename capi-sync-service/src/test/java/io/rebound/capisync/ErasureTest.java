package io.rebound.capisync;

import static io.rebound.capisync.Shopper.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.ConsentChanged;
import io.rebound.events.Consents;
import io.rebound.events.EventJson;
import io.rebound.events.EventMoved;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.PersonSplit;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.PrivacyType;
import io.rebound.events.Topics;
import io.rebound.localservers.DatabaseDump;
import io.rebound.localservers.TestServers;
import io.rebound.localservers.TopicDump;
import io.rebound.privacy.SealedExport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person asks for a copy of their data, or that all of it goes. */
class ErasureTest {
  private static final String PSEUDONYM = "k1.a-pseudonym-of-a-test-";

  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final SimulatedMeta meta = capiSync.meta();
  private final UUID request = UUID.randomUUID();
  private final UUID unique = UUID.randomUUID();
  private final String segment = "segment-" + unique;
  private final String email = unique + "@shop.example";
  private final String order = "order-" + unique;

  @AfterEach
  void nothingFails() {
    meta.faults();
  }

  @Test
  void after_an_erasure_nothing_is_left_but_the_erased_ids() {
    Shopper shopper = member(email);
    Shopper former = new Shopper(capiSync);
    former.goesBy("former-" + email);
    former.isAbsorbedBy(shopper);
    shopper.buys(order);
    Shopper bystander = member("other-" + email);
    audienceHolds(email, "other-" + email);
    becomes(order, "delivered");

    asksFor(PrivacyType.ERASURE, shopper, former);

    assertThat(receipt().counts()).containsEntry("conversions", 1L);
    assertThat(receipt().counts()).containsEntry("conversions_meta_keeps", 1L);
    assertThat(receipt().counts()).containsEntry("persons", 2L);
    assertThat(receipt().counts().get("audiences")).isPositive();
    assertThat(receipt().agesOut().keySet()).contains("topics", "backups");
    assertThat(emails()).containsExactly(sha256("other-" + email));
    onlyErasedIds(shopper, former);
    assertThat(tablesWith(bystander.id.toString())).contains("audience_member", "person");
  }

  @Test
  void what_comes_late_brings_nothing_back() {
    Shopper shopper = member(email);
    Shopper bystander = member("other-" + email);
    bystander.buys(order + "-hers");
    audienceHolds(email, "other-" + email);
    becomes(order + "-hers", "delivered");
    asksFor(PrivacyType.ERASURE, shopper);
    receipt();

    shopper.goesBy(email);
    shopper.joins(segment);
    shopper.allowsAds(true);
    shopper.buys(order);
    shopper.isAbsorbedBy(bystander);
    publish(new ConsentChanged(shopper.id, new Consents(true, true, true, 9), Instant.now()));
    publish(new PersonSplit(shopper.id, bystander.id, Long.MAX_VALUE, Instant.now()));
    UUID other = bystander.id;
    publish(moved(order + "-hers", other, shopper.id));
    publish(moved(order + "-unknown", shopper.id, other));
    bystander.buys(order + "-last");
    becomes(order + "-last", "delivered");
    bystander.leaves(segment); // told after all else on its topic
    audienceHolds();

    onlyErasedIds(shopper);
    assertThat(capiSync.delivery(order + "-hers").isMissingNode()).isTrue();
    assertThat(meta.event(order).isMissingNode()).isTrue();
    assertThat(capiSync.metric("rebound_capi_sync_erased_late_records_total")).isPositive();
  }

  @Test
  void while_meta_cant_be_told_the_receipt_waits() {
    Shopper shopper = member(email);
    audienceHolds(email);
    meta.faults("{\"path\":\"/users$\",\"method\":\"DELETE\",\"status\":503}");

    asksFor(PrivacyType.ERASURE, shopper);
    await().atMost(Duration.ofSeconds(20)).until(() -> meta.struck() > 1);
    assertThat(receipts()).isEmpty();
    assertThat(emails()).containsExactly(sha256(email));
    assertThat(tablesWith(shopper.id.toString())).containsOnly("erased_person", "erasure");

    meta.faults();
    receipt();
    assertThat(emails()).isEmpty();
    onlyErasedIds(shopper);
  }

  @Test
  void a_second_request_for_the_same_person_waits_for_meta_too() {
    Shopper shopper = member(email);
    audienceHolds(email);
    meta.faults("{\"path\":\"/users$\",\"method\":\"DELETE\",\"status\":503}");
    asksFor(PrivacyType.ERASURE, shopper);
    UUID second = UUID.randomUUID();
    asksFor(second, PrivacyType.ERASURE, shopper);
    await().atMost(Duration.ofSeconds(20)).until(() -> meta.struck() > 1);
    assertThat(receipts(second)).isEmpty();

    meta.faults();
    await().atMost(Duration.ofSeconds(20)).until(() -> !receipts(second).isEmpty());
    receipt();
    assertThat(emails()).isEmpty();
  }

  @Test
  void who_is_in_an_audience_without_our_knowing_is_taken_out_too() {
    Shopper shopper = member(email);
    audienceHolds(email);
    settled();
    // as after a restore of the database to before the join
    assertThat(
            capiSync
                .bean(org.springframework.jdbc.core.simple.JdbcClient.class)
                .sql("delete from audience_member where person_id = :id")
                .param("id", shopper.id)
                .update())
        .isOne();

    asksFor(PrivacyType.ERASURE, shopper);

    receipt();
    assertThat(emails()).isEmpty();
  }

  @Test
  void a_copy_says_what_went_to_meta_and_no_hash() {
    Shopper shopper = member(email);
    shopper.buys(order);
    audienceHolds(email);
    becomes(order, "delivered");
    settled();

    asksFor(PrivacyType.ACCESS, shopper);

    PrivacyReceipt receipt = receipt();
    JsonNode copy =
        SealedExport.open(
            capiSync.identity(),
            "capi-sync",
            request,
            receipts().stream().map(PrivacyReceipt::export).toList());
    assertThat(receipt.parts()).isOne();
    JsonNode sent = copy.path("disclosed_to_conversions_api").path(0);
    assertThat(sent.path("event_name").asString()).isEqualTo("Purchase");
    assertThat(sent.path("event_id").asString()).isEqualTo(order);
    assertThat(sent.path("state").asString()).isEqualTo("delivered");
    assertThat(sent.path("match_keys").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder("em", "client_ip_address");
    assertThat(sent.path("requests").path(0).path("fbtrace_id").asString()).isNotBlank();
    assertThat(Instant.parse(sent.path("settled_at").asString().replaceAll("\\+00:00$", "Z")))
        .isBefore(Instant.now());
    JsonNode membership = copy.path("custom_audiences").path(0);
    assertThat(membership.path("segment").asString()).isEqualTo(segment);
    assertThat(membership.path("audience_id").asString())
        .isEqualTo(meta.audiences(segment).getFirst());
    assertThat(membership.path("match_keys").valueStream().map(JsonNode::asString))
        .containsExactly("em");
    assertThat(copy.toString()).doesNotContain(sha256(email), sha256("event of " + shopper.id));
    assertThat(tablesWith(shopper.id.toString())).contains("person", "conversion");
  }

  private Shopper member(String address) {
    Shopper shopper = new Shopper(capiSync);
    shopper.goesBy(address);
    shopper.joins(segment);
    return shopper;
  }

  private void asksFor(PrivacyType type, Shopper... persons) {
    asksFor(request, type, persons);
  }

  private void asksFor(UUID id, PrivacyType type, Shopper... persons) {
    var asked =
        new PrivacyOrder(
            id,
            type,
            Stream.of(persons).map(person -> person.id).toList(),
            List.of(new Identifier(IdentifierType.EMAIL, PSEUDONYM + request)),
            Instant.now());
    capiSync.publish(Topics.PRIVACY_REQUESTS, id.toString(), asked);
  }

  private static EventMoved moved(String event, UUID from, UUID to) {
    return new EventMoved("shop", event, from, to, Long.MAX_VALUE, Instant.now());
  }

  private void publish(io.rebound.events.PersonEvent event) {
    UUID key =
        switch (event) {
          case ConsentChanged changed -> changed.personId();
          case PersonSplit split -> split.personId();
          case EventMoved moved -> moved.from();
          default -> throw new IllegalArgumentException();
        };
    capiSync.publish(Topics.IDENTIFIED_EVENTS, key.toString(), event);
  }

  private PrivacyReceipt receipt() {
    await().atMost(Duration.ofSeconds(20)).until(() -> !receipts().isEmpty());
    return receipts().getLast();
  }

  private List<PrivacyReceipt> receipts() {
    return receipts(request);
  }

  private static List<PrivacyReceipt> receipts(UUID id) {
    return TopicDump.values(TestServers.kafkaBootstrap(), "privacy-receipts", id.toString())
        .stream()
        .map(value -> EventJson.MAPPER.readValue(value, PrivacyReceipt.class))
        .toList();
  }

  private void onlyErasedIds(Shopper... persons) {
    for (Shopper person : persons) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(tablesWith(person.id.toString())).containsExactly("erased_person"));
    }
    assertThat(tablesWith(PSEUDONYM + request)).isEmpty();
    await().atMost(Duration.ofSeconds(20)).until(() -> tablesWith(request.toString()).isEmpty());
  }

  private List<String> tablesWith(String text) {
    return DatabaseDump.tablesWith(capiSync.database(), text);
  }

  private void audienceHolds(String... emails) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(emails())
                .as(() -> capiSync.audience(segment).toString())
                .containsExactlyInAnyOrder(
                    Stream.of(emails).map(Shopper::sha256).toArray(String[]::new)));
  }

  private List<String> emails() {
    return meta.emails(segment);
  }

  private void settled() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> capiSync.audience(segment).path("pending").asInt(-1) == 0);
  }

  private void becomes(String event, String state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> capiSync.delivery(event).path("state").asString("").equals(state));
  }
}
