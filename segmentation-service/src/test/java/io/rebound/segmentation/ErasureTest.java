package io.rebound.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.rebound.sealing.Opener;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person asks for a copy of their data, or that all of it goes. */
class ErasureTest extends RunningSegmentation {
  private final UUID request = UUID.randomUUID();
  private final UUID person = beginningWith('1');
  private final UUID other = UUID.randomUUID();
  private final String unique = UUID.randomUUID().toString();
  private final Instant at = CLOCK.instant().minusSeconds(60);

  @Test
  void after_an_erasure_nothing_is_left_and_nothing_late_comes_back() throws Exception {
    put("searchers", "{\"audience\": true, \"when\": {\"event\": \"Search\"}}");
    UUID former = beginningWith('2'); // survivors have the smaller ids
    tell(former, Events.bought(former, "first-" + unique, "5.00", at));
    tell(former, Events.merged(former, person));
    tell(person, Events.merged(former, person));
    tell(person, Events.did(person, "Search", "search-" + unique, at));
    tell(person, Events.bought(person, "second-" + unique, "7.00", at));
    tell(other, Events.bought(other, "hers-" + unique, "11.00", at));
    tell(other, Events.bought(other, "hers-too-" + unique, "13.00", at));
    await().atMost(PATIENCE).until(() -> members("searchers").contains(person));
    await().atMost(PATIENCE).until(() -> monetary(person) == 12 && monetary(other) == 24);

    asksFor(PrivacyType.ERASURE, person, former);

    PrivacyReceipt receipt = receipts(1).getFirst();
    assertThat(receipt.counts()).containsEntry("behaviour_events", 3L).containsEntry("persons", 2L);
    assertThat(receipt.agesOut().keySet()).contains("topics", "backups");
    onlyErased(person, former);
    assertThat(members("searchers")).doesNotContain(person);

    tell(person, Events.did(person, "Search", "late-" + unique, at));
    tell(person, Events.stated(person, true, 99));
    tell(person, Events.merged(person, other));
    tell(other, Events.merged(person, other));
    tell(person, new PersonSplit(person, other, 9, at));
    tell(person, moved("search-" + unique, person, other));
    tell(other, moved("purchase-hers-too-" + unique, other, person)); // was the erased person's
    await().atMost(PATIENCE).until(() -> monetary(other) == 11);
    onlyErased(person, former);
  }

  @Test
  void a_copy_holds_what_they_did_and_bought_and_their_segments() throws Exception {
    put("lookers-at", "{\"when\": {\"event\": \"ViewContent\"}}");
    tell(person, Events.did(person, "ViewContent", "view-" + unique, at));
    tell(person, Events.bought(person, unique, "7.50", at.plusSeconds(1)));
    await().atMost(PATIENCE).until(() -> members("lookers-at").contains(person));
    await().atMost(PATIENCE).until(() -> monetary(person) == 7.5);

    asksFor(PrivacyType.ACCESS, person);

    JsonNode copy =
        SealedExport.open(
            Opener.fromPrivateKeyset(KEYS.resolve("identity.private.json")),
            "segmentation",
            request,
            receipts(1).stream().map(PrivacyReceipt::export).toList());
    assertThat(copy.path("behaviour_events").size()).isEqualTo(2);
    JsonNode purchase = copy.path("behaviour_events").path(1);
    assertThat(purchase.path("event_name").asString()).isEqualTo("Purchase");
    assertThat(purchase.path("value").decimalValue()).isEqualByComparingTo("7.50");
    assertThat(purchase.path("currency").asString()).isEqualTo("USD");
    assertThat(copy.at("/rfm/0/orders").asInt()).isOne();
    assertThat(copy.path("segments").valueStream().filter(s -> s.path("member").asBoolean()))
        .extracting(segment -> segment.path("segment").asString())
        .contains("lookers-at");
    assertThat(DatabaseDump.tablesWith(DATABASE, person.toString())).contains("behaviour_event");
  }

  private static UUID beginningWith(char digit) {
    return UUID.fromString(digit + UUID.randomUUID().toString().substring(1));
  }

  private static EventMoved moved(String event, UUID from, UUID to) {
    return Events.moved(event, from, to, Long.MAX_VALUE);
  }

  private double monetary(UUID of) throws Exception {
    var answer = send(request("/v1/persons/" + of).GET());
    return answer.statusCode() == 200
        ? EventJson.MAPPER.readTree(answer.body()).at("/rfm/monetary").asDouble(0)
        : 0;
  }

  private void asksFor(PrivacyType type, UUID... persons) {
    var order =
        new PrivacyOrder(
            request,
            type,
            List.of(persons),
            List.of(new Identifier(IdentifierType.EMAIL, "k1.of-a-test-" + request)),
            CLOCK.instant());
    publisher.publish(Topics.PRIVACY_REQUESTS, request.toString(), order).join();
  }

  private List<PrivacyReceipt> receipts(int count) {
    await().atMost(PATIENCE).until(() -> receipts().size() >= count);
    return receipts();
  }

  private List<PrivacyReceipt> receipts() {
    return TopicDump.values(TestServers.kafkaBootstrap(), "privacy-receipts", request.toString())
        .stream()
        .map(value -> EventJson.MAPPER.readValue(value, PrivacyReceipt.class))
        .toList();
  }

  private void onlyErased(UUID... persons) {
    for (UUID id : persons) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(DatabaseDump.tablesWith(DATABASE, id.toString()))
                  .containsExactly("erased_person"));
    }
  }
}
