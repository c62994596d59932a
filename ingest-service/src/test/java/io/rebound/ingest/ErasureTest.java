package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.consumption.CloudEvents;
import io.rebound.events.EventJson;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.PrivacyType;
import io.rebound.events.Topics;
import io.rebound.localservers.TestServers;
import io.rebound.localservers.TopicDump;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.privacy.SealedExport;
import io.rebound.pseudonyms.Pseudonyms;
import io.rebound.sealing.Opener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A person asks for a copy or the erasure of what the doors refused. */
class ErasureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RunningIngest ingest = RunningIngest.get();
  private final JdbcClient jdbc = ingest.bean(JdbcClient.class);
  private final Pseudonyms pseudonyms = ingest.bean(Pseudonyms.class);
  private final UUID request = UUID.randomUUID();
  private final String unique = UUID.randomUUID().toString();
  private final String email = "Ada." + unique + "@shop.example";
  private final String phone =
      "15" + ThreadLocalRandom.current().nextLong(100_000_000, 999_999_999);
  private long before;

  @Test
  void what_was_refused_is_erased_by_whatever_identifier_it_mentions() {
    mark();
    rejected("/v1/track", "{\"userId\":\"" + email + "\"}");
    rejected("/v1/track", "{\"anonymousId\":\"anon-" + unique + "\"}");
    rejected("/v1/identify", "{\"userId\":7,\"traits\":{\"contact\":\"write to " + email + "!\"},");
    rejected("/v1/track", "{\"context\":{\"traits\":{\"phone\":\"0" + phone + "\"}}}");
    rejected("/v1/track", "{\"note\":\"call +49 " + phone + "\", broken");
    rejected("/v1/track", "{\"context\":{\"externalIds\":[{\"id\":\"card-" + unique + "\"}]}}");
    rejected("/v1/track", "{\"em\":\"" + hash(IdentifierType.EMAIL, email).toUpperCase() + "\"}");
    rejected("/v1/track", "user_id=account-" + unique + "&event=");
    rejected("/v1/track", "{\"userId\":\"other-" + unique + "\"}");
    assertThat(kept()).isEqualTo(9);

    asksFor(
        PrivacyType.ERASURE,
        of(IdentifierType.EMAIL, email),
        of(IdentifierType.PHONE, "+49" + phone),
        of(IdentifierType.ANONYMOUS_ID, "anon-" + unique),
        of(IdentifierType.LOYALTY_CARD, "card-" + unique),
        of(IdentifierType.EXTERNAL_ID, "account-" + unique));

    PrivacyReceipt receipt = receipts().getFirst();
    assertThat(receipt.service()).isEqualTo("ingest");
    assertThat(receipt.counts()).containsEntry("rejected_events", 8L);
    assertThat(receipt.agesOut().keySet()).contains("topics", "backups");
    assertThat(kept()).isOne();
  }

  @Test
  void what_came_after_the_order_stays() {
    mark();
    Instant asked = Instant.now();
    rejected("/v1/track", "{\"userId\":\"" + email + "\"}");

    asksFor(PrivacyType.ERASURE, asked.minusSeconds(60), of(IdentifierType.EMAIL, email));

    assertThat(receipts().getFirst().counts()).containsEntry("rejected_events", 0L);
    assertThat(kept()).isOne();
  }

  @Test
  void what_is_written_behind_the_erasure_goes_a_moment_later() {
    mark();
    asksFor(PrivacyType.ERASURE, Instant.now().plusSeconds(60), of(IdentifierType.EMAIL, email));
    receipts();

    rejected("/v1/track", "{\"userId\":\"" + email + "\"}"); // as if it had waited for the database

    await().atMost(PATIENCE).until(() -> kept() == 0);
  }

  @Test
  void a_copy_shows_what_was_sent_and_why_it_was_refused() {
    mark();
    rejected("/v1/track", "{\"userId\":\"" + email + "\"}");

    asksFor(PrivacyType.ACCESS, of(IdentifierType.EMAIL, email));

    JsonNode copy =
        SealedExport.open(
            Opener.fromPrivateKeyset(ingest.keys().resolve("identity.private.json")),
            "ingest",
            request,
            receipts().stream().map(PrivacyReceipt::export).toList());
    JsonNode event = copy.at("/rejected_events/0");
    assertThat(event.path("as_it_was_sent").asString()).contains(email);
    assertThat(event.path("field_at_fault").asString()).isEqualTo("event");
    assertThat(event.path("source").asString()).isEqualTo(RunningIngest.SOURCE);
    assertThat(kept()).isOne();
  }

  private void mark() {
    before = jdbc.sql("select coalesce(max(id), 0) from rejected_event").query(Long.class).single();
  }

  private long kept() {
    return jdbc.sql("select count(*) from rejected_event where id > :before")
        .param("before", before)
        .query(Long.class)
        .single();
  }

  private void rejected(String path, String body) {
    assertThat(ingest.post(path, body).status()).as(body).isEqualTo(400);
  }

  private static String hash(IdentifierType type, String value) {
    return IdentifierHashes.of(type, value, Locality.unknown()).getFirst();
  }

  private List<Identifier> of(IdentifierType type, String value) {
    return IdentifierHashes.of(type, value, Locality.unknown()).stream()
        .map(hash -> new Identifier(type, pseudonyms.of(type, hash)))
        .toList();
  }

  @SafeVarargs
  private void asksFor(PrivacyType type, List<Identifier>... identifiers) {
    asksFor(type, Instant.now(), identifiers);
  }

  @SafeVarargs
  private void asksFor(PrivacyType type, Instant at, List<Identifier>... identifiers) {
    var all = new ArrayList<Identifier>();
    for (List<Identifier> some : identifiers) {
      all.addAll(some);
    }
    var order = new PrivacyOrder(request, type, List.of(UUID.randomUUID()), all, at);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", TestServers.kafkaBootstrap()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(
          CloudEvents.record("tests", Topics.PRIVACY_REQUESTS, request.toString(), order));
    }
  }

  private List<PrivacyReceipt> receipts() {
    await().atMost(PATIENCE).until(() -> !answers().isEmpty());
    return answers();
  }

  private List<PrivacyReceipt> answers() {
    return TopicDump.values(TestServers.kafkaBootstrap(), "privacy-receipts", request.toString())
        .stream()
        .map(value -> EventJson.MAPPER.readValue(new String(value, UTF_8), PrivacyReceipt.class))
        .toList();
  }
}
