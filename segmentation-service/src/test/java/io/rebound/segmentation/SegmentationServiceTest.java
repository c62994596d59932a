package io.rebound.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.EventJson;
import io.rebound.events.SegmentMembership;
import io.rebound.events.Topics;
import io.rebound.localservers.TestServers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The service seen through its doors. */
class SegmentationServiceTest extends RunningSegmentation {

  @Test
  void a_cart_that_is_left_behind_is_seen_and_forgotten_after_a_day_without_any_event()
      throws Exception {
    assertThat(put("cart-abandoners", sample("cart-abandoners")).statusCode()).isEqualTo(201);
    UUID leaver = Events.person("leaver");
    UUID buyer = Events.person("buyer");
    Instant at = CLOCK.instant().minusSeconds(60);
    tell(leaver, Events.did(leaver, "AddToCart", "cart-1", at));
    tell(buyer, Events.did(buyer, "AddToCart", "cart-2", at));
    await().atMost(PATIENCE).until(() -> members("cart-abandoners").size() == 2);

    tell(buyer, Events.bought(buyer, "order-1", "20.00", at.plusSeconds(10)));
    await().atMost(PATIENCE).until(() -> members("cart-abandoners").equals(List.of(leaver)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          JsonNode rfm = get("/v1/persons/" + buyer).get("rfm");
          assertThat(rfm).isNotNull();
          assertThat(rfm.get("frequency").intValue()).isEqualTo(1);
          assertThat(rfm.get("recency_days").intValue()).isZero();
          assertThat(rfm.get("monetary").decimalValue()).isEqualByComparingTo("20");
        });
    assertThat(get("/v1/persons/" + leaver).get("segments").get(0).asString())
        .isEqualTo("cart-abandoners");

    CLOCK.advance(Duration.ofHours(24)); // nobody does anything
    await().atMost(PATIENCE).until(() -> members("cart-abandoners").isEmpty());
    assertThat(get("/v1/persons/" + leaver).has("rfm")).isFalse();

    List<SegmentMembership> told = published(leaver, 2);
    assertThat(told).extracting(SegmentMembership::member).containsExactly(true, false);
    assertThat(told).allMatch(SegmentMembership::audience);
    assertThat(told.get(1).revision()).isGreaterThan(told.get(0).revision());
    assertThat(body(request("/actuator/prometheus").GET()))
        .contains("rebound_segmentation_persons_to_judge 0.0")
        .contains("rebound_segmentation_memberships_changed_total{change=\"left\"}");
  }

  @Test
  void segments_are_put_shown_and_deleted() throws Exception {
    assertThat(put("best", sample("champions")).statusCode()).isEqualTo(201);
    assertThat(put("best", sample("champions")).statusCode()).isEqualTo(200);
    JsonNode best = get("/v1/segments/best");
    assertThat(best.get("audience").booleanValue()).isTrue();
    assertThat(best.get("when").get("rfm").get("r")).hasSize(2);
    assertThat(get("/v1/segments?limit=1").get("data")).hasSize(1);
    assertThat(send(request("/v1/segments/best").DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request("/v1/segments/best").GET()).statusCode()).isEqualTo(404);
    assertThat(send(request("/v1/segments/best/members").GET()).statusCode()).isEqualTo(404);
    assertThat(put("riskful", sample("at-risk")).statusCode()).isEqualTo(201);
  }

  @Test
  void a_wrong_definition_is_refused_by_the_name_of_its_field() throws Exception {
    HttpResponse<String> refusal =
        put("wrong", "{\"when\": {\"all\": [{\"event\": \"Purchase\", \"within\": \"soon\"}]}}");
    assertThat(refusal.statusCode()).isEqualTo(400);
    assertThat(refusal.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(EventJson.MAPPER.readTree(refusal.body()).at("/errors/0/field").asString())
        .isEqualTo("when.all[0].within");
    assertThat(put("circle", "{\"when\": {\"segment\": \"circle\"}}").body())
        .contains("refers to itself");
    assertThat(put("Wrong name", "{\"when\": {\"rfm\": {\"r\": [1]}}}").statusCode())
        .isEqualTo(400);
    assertThat(put("broken", "{").statusCode()).isEqualTo(400);
  }

  @Test
  void a_preview_counts_without_changing_anything() throws Exception {
    UUID searcher = Events.person("searcher");
    tell(searcher, Events.did(searcher, "Search", "search-1", CLOCK.instant().minusSeconds(5)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          var preview = HttpRequest.BodyPublishers.ofString("{\"when\": {\"event\": \"Search\"}}");
          JsonNode answer =
              EventJson.MAPPER.readTree(body(request("/v1/segments/preview").POST(preview)));
          assertThat(answer.get("count").intValue()).isEqualTo(1);
          assertThat(answer.get("sample").get(0).asString()).isEqualTo(searcher.toString());
        });
  }

  @Test
  void the_table_of_rfm_is_paged() throws Exception {
    Instant at = CLOCK.instant().minus(Duration.ofDays(30));
    UUID one = Events.person("regular 1");
    UUID two = Events.person("regular 2");
    tell(one, Events.bought(one, "long-ago-1", "5.00", at));
    tell(two, Events.bought(two, "long-ago-2", "7.00", at));
    String path = "/v1/rfm?limit=1&at=" + at.plusSeconds(60);
    await().atMost(PATIENCE).until(() -> get(path).has("next"));
    JsonNode first = get(path);
    JsonNode second = get(path + "&after=" + first.get("next").asString());
    assertThat(second.has("next")).isFalse();
    assertThat(List.of(first.at("/data/0/person_id"), second.at("/data/0/person_id")))
        .extracting(JsonNode::asString)
        .containsExactlyInAnyOrder(one.toString(), two.toString());
    assertThat(first.at("/data/0/label").asString()).isNotEmpty();
    assertThat(send(request("/v1/rfm?at=yesterday").GET()).statusCode()).isEqualTo(400);
  }

  @Test
  void an_absorbed_persons_id_answers_with_the_survivor() throws Exception {
    UUID guest = Events.person("a guest");
    UUID account = Events.person("the account"); // the smaller id
    tell(guest, Events.bought(guest, "as-guest", "3.00", CLOCK.instant().minusSeconds(5)));
    tell(guest, Events.merged(guest, account));
    tell(account, Events.merged(guest, account));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          JsonNode person = get("/v1/persons/" + guest);
          assertThat(person.path("person_id").asString()).isEqualTo(account.toString());
          assertThat(person.at("/rfm/monetary").decimalValue()).isEqualByComparingTo("3");
        });
    assertThat(send(request("/v1/persons/" + Events.person("nobody")).GET()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void who_changes_a_segment_or_reads_persons_is_audited() throws Exception {
    assertThat(put("watched", sample("champions")).statusCode()).isEqualTo(201);
    assertThat(put("watched", "{\"when\": {}}").statusCode()).isEqualTo(400);
    get("/v1/segments/watched/members");
    assertThat(send(request("/v1/segments/watched").DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request("/v1/segments/watched").DELETE()).statusCode()).isEqualTo(404);
    UUID person = Events.person("looked at");
    tell(person, Events.did(person, "Search", "looked-at", CLOCK.instant().minusSeconds(5)));
    await()
        .atMost(PATIENCE)
        .until(() -> send(request("/v1/persons/" + person).GET()).statusCode() == 200);
    get("/v1/rfm");

    assertThat(audited("subject=segment:watched"))
        .containsExactly("segment.deleted", "persons.listed", "segment.changed");
    assertThat(audited("subject=person:" + person)).containsExactly("person.read");
    assertThat(audited("subject=rfm")).contains("persons.listed");
    assertThat(get("/v1/audit/verify").get("intact").booleanValue()).isTrue();
  }

  /** What the test's key did to the subject, newest first, but for reading the audit. */
  private List<String> audited(String subject) throws Exception {
    return get("/v1/audit?actor=test&" + subject)
        .get("data")
        .valueStream()
        .map(entry -> entry.get("action").asString())
        .filter(action -> !action.equals("audit.read"))
        .toList();
  }

  @Test
  void the_doors_are_described() throws Exception {
    JsonNode described = EventJson.MAPPER.readTree(body(request("/v3/api-docs").GET()));
    assertThat(described.get("paths").propertyNames())
        .contains("/v1/segments/{name}", "/v1/rfm", "/v1/persons/{personId}", "/v1/dead-letters");
  }

  @Test
  void the_doors_are_closed_without_a_key() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/segments")).build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
  }

  /** What was sent about a person, in the order of sending. */
  private static List<SegmentMembership> published(UUID person, int count) {
    List<SegmentMembership> told = new ArrayList<>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", TestServers.kafkaBootstrap(),
            "group.id", "looking-on",
            "auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(Topics.SEGMENT_MEMBERSHIPS.name()));
      await()
          .atMost(PATIENCE)
          .until(() -> {
            for (var sent : consumer.poll(Duration.ofMillis(200))) {
              var membership = EventJson.MAPPER.readValue(sent.value(), SegmentMembership.class);
              if (membership.personId().equals(person)) {
                told.add(membership);
              }
            }
            return told.size() >= count;
          });
    }
    return told;
  }
}
