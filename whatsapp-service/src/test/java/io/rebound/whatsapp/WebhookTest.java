package io.rebound.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.localservers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Meta posts. */
class WebhookTest {
  private final RunningWhatsapp whatsapp = RunningWhatsapp.get();

  @Test
  void a_signature_is_checked_over_the_bytes_as_meta_documents_it() {
    // the three documented vectors of whatsapp webhooks have their own secret; ours must be refused
    String body = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}";
    assertThat(whatsapp.webhook(body, null).statusCode()).isEqualTo(401);
    assertThat(whatsapp.webhook(body, "sha256=" + "0".repeat(64)).statusCode()).isEqualTo(401);
    assertThat(whatsapp.webhook(body, "sha256=nonsense").statusCode()).isEqualTo(401);
    assertThat(whatsapp.webhook(body, "sha256=" + opensslSignature(body)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void while_the_app_secret_is_changed_both_sign() {
    String body = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}";
    String signed = "sha256=" + opensslSignature(body, "another-app-secret");
    assertThat(whatsapp.webhook(body, signed).statusCode()).isEqualTo(401);

    whatsapp.put("/v1/tokens/default", RunningWhatsapp.TOKEN_WITH_ANOTHER_SECRET);

    assertThat(whatsapp.webhook(body, signed).statusCode()).isEqualTo(200);
    assertThat(whatsapp.webhook(body, "sha256=" + opensslSignature(body)).statusCode())
        .isEqualTo(200);
    whatsapp.put("/v1/tokens/default", RunningWhatsapp.TOKEN_AS_IT_IS);
    assertThat(whatsapp.webhook(body, signed).statusCode()).isEqualTo(401);
  }

  @Test
  void meta_subscribes_with_the_verify_token_only() {
    String challenge = "&hub.challenge=1158201444";
    assertThat(
            whatsapp
                .withoutKey(
                    "/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token="
                        + RunningWhatsapp.VERIFY_TOKEN
                        + challenge)
                .body())
        .isEqualTo("1158201444");
    assertThat(
            whatsapp
                .withoutKey("/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=x" + challenge)
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_body_that_is_too_large_or_no_json_is_refused() {
    String large = "x".repeat(3 * 1024 * 1024 + 1);
    assertThat(whatsapp.webhook(large, "sha256=00").statusCode()).isEqualTo(413);
    assertThat(whatsapp.webhook("{", "sha256=" + opensslSignature("{")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void a_reply_becomes_an_event_without_number_or_text() {
    String secretText = "my-words-" + UUID.randomUUID();
    whatsapp.sandboxPost(
        "/whatsapp/inbound",
        "{\"from\": \"+4915177777777\", \"text\": \"%s\"}".formatted(secretText));

    List<String> received = new ArrayList<>();
    try (var consumer = consumer()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> {
            consumer
                .poll(Duration.ofMillis(200))
                .forEach(record -> received.add(record.key() + " " + record.value()));
            assertThat(received).anyMatch(text -> text.contains("MessageReceived"));
          });
    }
    String event =
        received.stream().filter(text -> text.contains("MessageReceived")).findFirst().get();
    assertThat(event).doesNotContain("4915177777777", secretText);
    JsonNode json = JsonMapper.shared().readTree(event.substring(event.indexOf('{')));
    assertThat(json.path("action_source").asString(json.path("actionSource").asString("")))
        .isEqualTo("business_messaging");
    assertThat(event.substring(0, event.indexOf(' ')))
        .isEqualTo(json.path("identifiers").path(0).path("pseudonym").asString());
  }

  @Test
  void a_changed_number_becomes_one_event_of_the_old_and_the_new() {
    String body =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"messages",
          "value":{"messages":[{"id":"wamid.change","from":"4915176666666","type":"system",
            "timestamp":"1767225600","system":{"body":"changed","type":"user_changed_number",
              "wa_id":"4915175555555","user_id":"DE.2new","previous_user_id":"DE.1old"}}]}}]}]}
        """
            .formatted("5000000005");
    assertThat(whatsapp.webhook(body, "sha256=" + opensslSignature(body)).statusCode())
        .isEqualTo(200);

    List<String> received = new ArrayList<>();
    try (var consumer = consumer()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> received.add(record.value()));
            assertThat(received).anyMatch(text -> text.contains("WhatsAppNumberChanged"));
          });
    }
    JsonNode event =
        JsonMapper.shared()
            .readTree(
                received.stream()
                    .filter(text -> text.contains("WhatsAppNumberChanged"))
                    .findFirst()
                    .get());
    // each number by both of its hashes
    assertThat(event.path("identifiers").valueStream().map(one -> one.path("type").asString()))
        .containsExactly("phone", "phone", "phone", "phone", "wa_user_id", "wa_user_id");
  }

  @Test
  void triggers_are_checked_field_by_field() {
    assertField(
        "after",
        "{\"event\":\"AddToCart\",\"after\":\"soon\",\"template\":\"t\",\"language\":\"en\"}");
    assertField(
        "after",
        "{\"event\":\"AddToCart\",\"after\":\"8d\",\"template\":\"t\",\"language\":\"en\"}");
    assertField("event", "{\"after\":\"1h\",\"template\":\"t\",\"language\":\"en\"}");
    assertField(
        "template",
        "{\"event\":\"AddToCart\",\"after\":\"1h\",\"template\":\"No Spaces\",\"language\":\"en\"}");
    assertField(
        "language",
        "{\"event\":\"AddToCart\",\"after\":\"1h\",\"template\":\"t\",\"language\":\"English\"}");
    assertField(
        "parameters",
        "{\"event\":\"AddToCart\",\"after\":\"1h\",\"template\":\"t\",\"language\":\"en\",\"parameters\":[\"phone\"]}");
    assertField(
        "colour",
        "{\"event\":\"AddToCart\",\"after\":\"1h\",\"template\":\"t\",\"language\":\"en\",\"colour\":\"red\"}");
    assertThat(whatsapp.get("/v1/triggers/none").statusCode()).isEqualTo(404);
    assertThat(whatsapp.withoutKey("/v1/triggers").statusCode()).isEqualTo(401);
  }

  private void assertField(String field, String trigger) {
    var answer = whatsapp.put("/v1/triggers/checked", trigger);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(RunningWhatsapp.json(answer).path("errors").path(0).path("field").asString())
        .isEqualTo(field);
  }

  private static KafkaConsumer<String, String> consumer() {
    var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                TestServers.kafkaBootstrap(),
                "group.id",
                "webhook-test-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of("events"));
    return consumer;
  }

  /** An independent implementation signs: {@code openssl dgst -sha256 -hmac}. */
  private static String opensslSignature(String body) {
    return opensslSignature(body, RunningWhatsapp.APP_SECRET);
  }

  private static String opensslSignature(String body, String secret) {
    try {
      Process openssl =
          new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", secret, "-r").start();
      openssl.getOutputStream().write(body.getBytes(UTF_8));
      openssl.getOutputStream().close();
      return new String(openssl.getInputStream().readAllBytes(), UTF_8).substring(0, 64);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
