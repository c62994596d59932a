package io.rebound.capisync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What of a person went to Meta, when, and under which link of the audit. */
class DisclosuresTest {
  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final String segment = "segment-" + UUID.randomUUID();
  private final String order = "order-" + UUID.randomUUID();
  private final String email = UUID.randomUUID() + "@shop.example";

  @AfterEach
  void nothingFails() {
    capiSync.meta().faults();
  }

  @Test
  void events_and_memberships_are_told_with_their_links() {
    Shopper anna = member(email);
    anna.buys(order);
    disclosed(anna.id, 2);
    anna.leaves(segment);

    List<JsonNode> told = disclosed(anna.id, 3);

    assertThat(told.getFirst().path("change").asString()).isEqualTo("removed");
    assertThat(told.getFirst().path("segment").asString()).isEqualTo(segment);
    JsonNode added = one(told, "change", "added");
    assertThat(added.path("audience_id").asString())
        .isEqualTo(capiSync.meta().audiences(segment).getFirst());
    JsonNode events = one(told, "to", "conversions_api");
    assertThat(events.path("event_ids").path(0).asString()).isEqualTo(order);
    assertThat(events.path("fbtrace_id").asString())
        .isEqualTo(capiSync.delivery(order).path("attempts").path(0).path("fbtrace_id").asString());

    JsonNode ofEvents = link(events);
    assertThat(ofEvents.path("action").asString()).isEqualTo("events.disclosed");
    assertThat(ofEvents.path("ground").asString()).isEqualTo("consent");
    assertThat(ofEvents.path("details").path("dataset").asString())
        .isEqualTo(SimulatedMeta.DATASET);
    assertThat(ofEvents.path("details").path("outcome").asString()).isEqualTo("done");
    JsonNode ofMembers = link(added);
    assertThat(ofMembers.path("action").asString()).isEqualTo("members.disclosed");
    assertThat(ofMembers.path("details").path("added").asString()).isEqualTo("1");
    assertThat(link(told.getFirst()).path("ground").asString()).isEqualTo("correction");
  }

  @Test
  void a_request_without_an_answer_is_told_too() {
    capiSync
        .meta()
        .faults("{\"path\":\"/events$\",\"reset\":true,\"after_effect\":true,\"times\":1}");
    var anna = new Shopper(capiSync);
    anna.goesBy(email);
    anna.buys(order);

    List<JsonNode> told = disclosed(anna.id, 2);

    assertThat(told).extracting(one -> one.path("outcome").asString()).contains("unknown", "done");
    assertThat(told).allMatch(one -> one.path("event_ids").path(0).asString().equals(order));
  }

  @Test
  void what_did_not_leave_while_meta_could_not_be_reached_is_not_told() {
    Shopper anna = member(email);
    disclosed(anna.id, 1);
    capiSync.restart(Map.of("rebound.meta.base-url", "http://127.0.0.1:1"));
    try {
      anna.leaves(segment);
      anna.buys(order);
      await()
          .until(() ->
              capiSync.delivery(order).path("reason").asString("").contains("no connection")
                  && capiSync
                      .audience(segment)
                      .path("last_failure")
                      .asString("")
                      .contains("no connection"));
    } finally {
      capiSync.restart(Map.of());
    }

    List<JsonNode> told = disclosed(anna.id, 3); // also its removal and its event

    assertThat(told).allMatch(one -> one.path("outcome").asString().equals("done"));
    assertThat(capiSync.delivery(order).path("attempts")).hasSize(1);
  }

  @Test
  void who_was_absorbed_is_told_with_the_survivor_and_nobody_else_is() {
    Shopper anna = member(email);
    disclosed(anna.id, 1);
    var survivor = new Shopper(capiSync);
    anna.isAbsorbedBy(survivor);

    List<JsonNode> told = disclosed(survivor.id, 2); // joined, and removed as somebody else's alias

    assertThat(disclosures(anna.id, "")).isEqualTo(told);
    assertThat(disclosures(UUID.randomUUID(), "")).isEmpty();
  }

  @Test
  void who_allows_nothing_was_never_disclosed() {
    Shopper refuser = new Shopper(capiSync).neverAsked(false);
    refuser.goesBy(email);
    refuser.joins(segment);
    refuser.buys(order);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> capiSync.delivery(order).path("state").asString("").equals("withheld"));
    disclosed(member("other-" + email).id, 1); // the audience has been looked after

    assertThat(disclosures(refuser.id, "")).isEmpty();
  }

  @Test
  void reading_them_is_paged_and_audited() {
    Shopper anna = member(email);
    anna.buys(order);
    disclosed(anna.id, 2);

    JsonNode first = page(anna.id, "&limit=1");
    JsonNode second = page(anna.id, "&limit=1&after=" + first.path("next").asString());

    assertThat(first.path("data").path(0)).isNotEqualTo(second.path("data").path(0));
    assertThat(second.has("next")).isFalse();
    assertThat(
            json("/v1/audit?action=delivery.read&limit=1&subject=person:" + anna.id)
                .path("data")
                .path(0)
                .path("details")
                .path("disclosures")
                .asString())
        .isEqualTo("1");
    assertThat(capiSync.get("/v1/disclosures").statusCode()).isEqualTo(400);
    assertThat(capiSync.get("/v1/disclosures?person_id=anna").statusCode()).isEqualTo(400);
  }

  private Shopper member(String address) {
    var shopper = new Shopper(capiSync);
    shopper.goesBy(address);
    shopper.allowsAds(true);
    shopper.joins(segment);
    return shopper;
  }

  private List<JsonNode> disclosed(UUID person, int requests) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(disclosures(person, "")).hasSize(requests));
    return disclosures(person, "");
  }

  private List<JsonNode> disclosures(UUID person, String query) {
    return page(person, query).path("data").valueStream().toList();
  }

  private JsonNode page(UUID person, String query) {
    return json("/v1/disclosures?person_id=" + person + query);
  }

  private static JsonNode one(List<JsonNode> told, String field, String value) {
    return told.stream()
        .filter(one -> one.path(field).asString("").equals(value))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode link(JsonNode disclosure) {
    JsonNode links = json("/v1/audit?subject=" + disclosure.path("audit").asString()).path("data");
    return links
        .valueStream()
        .filter(link -> link.path("actor").asString().equals("system"))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode json(String path) {
    return JsonMapper.shared().readTree(capiSync.get(path).body());
  }
}
