package io.rebound.capisync;

import static io.rebound.capisync.Shopper.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Consents;
import io.rebound.events.EventKey;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.MatchKeys;
import io.rebound.events.Profile;
import io.rebound.events.Sealed;
import io.rebound.events.SealedWithEvent;
import io.rebound.events.SegmentMembership;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.sealing.KeyRotation;
import io.rebound.sealing.Opener;
import io.rebound.sealing.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Keys that came in different events, and sealed to different keys of this service. */
class MatchKeysTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Consents YES =
      new Consents(true, true, true, System.currentTimeMillis() * 1000);

  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final SimulatedMeta meta = capiSync.meta();
  private final UUID person = UUID.randomUUID();
  private final String order = "order-" + UUID.randomUUID();
  private final String segment = "segment-" + UUID.randomUUID();
  private final List<SealedWithEvent> profile = new ArrayList<>();
  private long revision = System.currentTimeMillis() * 1000;

  @Test
  void a_conversion_goes_with_the_keys_of_all_the_persons_events() {
    String email = sha256(person + "@shop.example");
    older(Map.of("em", List.of(email), "fn", hashed("ada"), "country", hashed("de")));
    older(Map.of("ph", hashed(order), "fn", hashed("a"), "ct", hashed("berlin")));
    older(Map.of("zp", hashed("1010"), "country", hashed("at")));
    older(Map.of("external_id", hashed("one"), "zp", hashed("10115"), "country", hashed("de")));
    known(YES);
    buys(YES, capiSync.sealer());

    delivered();
    JsonNode userData = meta.event(order).path("user_data");
    assertThat(values(userData, "em")).containsExactly(sha256(order), email);
    assertThat(values(userData, "ph")).isEqualTo(hashed(order));
    assertThat(values(userData, "fn")).isEqualTo(hashed("ada"));
    assertThat(values(userData, "ct")).isEqualTo(hashed("berlin"));
    // an address elsewhere isn't mixed in
    assertThat(values(userData, "country")).isEqualTo(hashed("de"));
    assertThat(values(userData, "zp")).isEqualTo(hashed("10115"));
    assertThat(values(userData, "external_id")).isEqualTo(hashed("one"));
  }

  @Test
  void an_audience_row_has_the_keys_of_all_the_persons_events() {
    String email = sha256(person + "@shop.example");
    older(Map.of("em", List.of(email)));
    older(Map.of("ph", hashed(order)));
    known(YES);
    belongs(true);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(meta.members(segment))
                .hasSize(1)
                .allSatisfy(member -> assertThat(member).contains(email, sha256(order))));
  }

  @Test
  void what_other_sources_told_is_not_added_where_they_assume_a_no() {
    var assumedNo = new Consents(false, false, false, 0);
    var assumedYes = new Consents(true, false, false, 0);
    older(Map.of("ph", hashed("+49")));
    known(assumedNo);
    buys(assumedYes, capiSync.sealer());

    delivered();
    JsonNode userData = meta.event(order).path("user_data");
    assertThat(values(userData, "em")).isEqualTo(hashed(order));
    assertThat(userData.has("ph")).isFalse();
  }

  @Test
  void an_envelope_of_the_profile_that_does_not_open_keeps_no_event_back() {
    profile.add(new SealedWithEvent("shop", "damaged", Instant.now(), new Sealed("a", "b")));
    older(Map.of("ph", hashed("+49")));
    known(YES);
    buys(YES, capiSync.sealer());

    delivered();
    assertThat(values(meta.event(order).path("user_data"), "ph")).isEqualTo(hashed("+49"));
  }

  @Test
  void an_event_sealed_to_a_key_that_is_yet_to_come_waits_for_it(@TempDir Path elsewhere)
      throws IOException {
    for (String file : List.of("pepper.json", "capi-sync.private.json", "capi-sync.public.json")) {
      Files.copy(folder().resolve(file), elsewhere.resolve(file));
    }
    new KeyRotation(elsewhere).receiver("capi-sync");
    known(YES);
    buys(YES, Sealer.fromPublicKeyset(elsewhere.resolve("capi-sync.public.json")));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(capiSync.delivery(order).path("reason").asString())
                .contains("a key we don't have"));

    Files.writeString(
        folder().resolve("capi-sync.private.json"),
        Files.readString(elsewhere.resolve("capi-sync.private.json")));

    delivered();
  }

  @Test
  void after_a_rotation_everything_kept_is_sealed_anew_and_the_old_key_can_go() throws IOException {
    String email = sha256(person + "@shop.example");
    long old = capiSync.bean(Opener.class).primaryKey();
    older(Map.of("em", List.of(email)));
    known(YES);
    belongs(true);
    await().atMost(PATIENCE).until(() -> meta.emails(segment).contains(email));
    Path file = folder().resolve("capi-sync.private.json");

    long key = new KeyRotation(folder()).receiver("capi-sync");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(rows("person", old)).isZero();
          assertThat(rows("audience_member", old)).isZero();
        });
    assertThat(capiSync.get("/v1/audit?action=key_file.changed&limit=1").body())
        .contains("capi-sync.private.json");
    assertThat(rows("person", key)).isPositive();
    assertThat(rows("audience_member", key)).isPositive();
    assertThat(capiSync.metric("rebound_capi_sync_sealed_rows", "key", String.valueOf(old)))
        .isZero();
    String both = Files.readString(file);
    new KeyRotation(folder()).dropReceiverKey("capi-sync", old);
    try {
      buys(YES, Sealer.fromPublicKeyset(folder().resolve("capi-sync.public.json")));
      delivered();
      assertThat(values(meta.event(order).path("user_data"), "em")).contains(email);
      belongs(false); // which needs what Meta was told
      await().atMost(PATIENCE).until(() -> meta.emails(segment).isEmpty());
    } finally {
      Files.writeString(file, both); // the other tests still seal to it
    }
  }

  private Path folder() {
    return ((Path) capiSync.settings().get("rebound.sealing.private-key-file")).getParent();
  }

  private long rows(String table, long key) {
    return capiSync
        .bean(JdbcClient.class)
        .sql(
            switch (table) {
              case "person" -> "select count(*) from person where :key = any(sealing_keys)";
              default -> "select count(*) from audience_member where :key = any(sealing_keys)";
            })
        .param("key", key)
        .query(Long.class)
        .single();
  }

  private static List<String> hashed(String text) {
    return List.of(sha256(text));
  }

  private static List<String> values(JsonNode userData, String name) {
    return userData.path(name).valueStream().map(JsonNode::asString).toList();
  }

  private void older(Map<String, List<String>> keys) {
    var event = new EventKey("shop", order + "-" + profile.size());
    profile.add(
        new SealedWithEvent(
            event.source(),
            event.eventId(),
            Instant.now().minusSeconds(profile.size()),
            capiSync.sealer().seal(new MatchKeys(keys), event)));
  }

  private void known(Consents consents) {
    capiSync.publish(
        Topics.PROFILES,
        person.toString(),
        new Profile(
            person,
            revision++,
            Instant.now(),
            null,
            List.of(),
            List.of(),
            profile,
            null,
            consents));
    await()
        .atMost(PATIENCE)
        .until(() ->
            capiSync
                    .bean(JdbcClient.class)
                    .sql("select count(*) from person where person_id = :id")
                    .param("id", person)
                    .query(Long.class)
                    .single()
                == 1);
  }

  private void belongs(boolean member) {
    capiSync.publish(
        Topics.SEGMENT_MEMBERSHIPS,
        person.toString(),
        new SegmentMembership(person, segment, true, member, revision++, Instant.now()));
  }

  private void buys(Consents consents, Sealer sealer) {
    var key = new EventKey("shop", order);
    var event =
        new TrackedEvent(
            key.source(),
            key.eventId(),
            "Purchase",
            Instant.now(),
            Instant.now(),
            ActionSource.WEBSITE,
            null,
            List.of(),
            ConsentStatement.none(),
            sealer.seal(new MatchKeys(Map.of("em", hashed(order))), key),
            null,
            null,
            Map.of("currency", "EUR", "value", 9.9));
    capiSync.publish(
        Topics.IDENTIFIED_EVENTS,
        person.toString(),
        new IdentifiedEvent(person, revision++, consents, event));
  }

  private void delivered() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(capiSync.delivery(order).path("state").asString()).isEqualTo("delivered"));
  }
}
