package io.rebound.whatsapp;

import io.rebound.consumption.Publisher;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Consents;
import io.rebound.events.Contact;
import io.rebound.events.EventKey;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Message;
import io.rebound.events.Profile;
import io.rebound.events.SealedWithEvent;
import io.rebound.events.Topic;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sealing.KeyFiles;
import io.rebound.sealing.Opener;
import io.rebound.sealing.Sealer;
import io.rebound.startup.ServiceLauncher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service opposite to the Meta sandbox, started once for all tests of this JVM. */
final class RunningWhatsapp {
  static final String APP_SECRET = "an-app-secret-of-the-tests";
  static final String VERIFY_TOKEN = "a-verify-token-of-the-tests";
  private static final String ADMIN_KEY = "an-admin-key-of-the-tests";
  private static final String META_TOKEN = "a-meta-token-of-the-tests";
  static final String TOKEN_AS_IT_IS = "{\"token\": \"" + META_TOKEN + "\"}";
  static final String TOKEN_WITH_ANOTHER_SECRET =
      "{\"token\": \"" + META_TOKEN + "\", \"app_secret\": \"another-app-secret\"}";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final RunningWhatsapp RUNNING = new RunningWhatsapp();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final MetaSandbox sandbox;
  private final ConfigurableApplicationContext context;
  private final Sealer sealer;
  private final Opener identity;
  private final Database database = TestServers.postgres().createDatabase("whatsapp");
  private final int port = TestServers.freePort();

  private RunningWhatsapp() {
    try {
      Path keys = Files.createTempDirectory("whatsapp-keys");
      KeyFiles.createMissing(keys);
      identity = Opener.fromPrivateKeyset(keys.resolve("identity.private.json"));
      sealer = Sealer.fromPublicKeyset(keys.resolve("whatsapp.public.json"));
      sandbox =
          MetaSandbox.start(
              Map.of(
                  "server.port",
                  0,
                  "sandbox.tokens[0]",
                  META_TOKEN,
                  "sandbox.app-secret",
                  APP_SECRET,
                  "sandbox.webhook.url",
                  "http://127.0.0.1:" + port + "/webhooks/whatsapp"));
      context =
          ServiceLauncher.launch(
              WhatsappService.class, "whatsapp", WebApplicationType.SERVLET, settings(keys));
      createTemplate();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> settings(Path keys) throws Exception {
    Map<String, Object> settings = TestServers.settings(database, TestServers.kafkaBootstrap());
    settings.put("server.port", port);
    settings.put("rebound.pseudonyms.pepper-file", keys.resolve("pepper.json"));
    settings.put("rebound.sealing.private-key-file", keys.resolve("whatsapp.private.json"));
    settings.put("rebound.privacy.identity-public-key-file", keys.resolve("identity.public.json"));
    settings.put("rebound.meta.base-url", sandbox.baseUrl());
    settings.put("rebound.meta.token", META_TOKEN);
    settings.put("rebound.meta.app-secret", APP_SECRET);
    settings.put("rebound.meta.call-timeout", "2s");
    settings.put("rebound.whatsapp.phone-number-id", "4000000004");
    settings.put("rebound.whatsapp.business-account-id", "5000000005");
    settings.put("rebound.whatsapp.verify-token", VERIFY_TOKEN);
    settings.put("rebound.whatsapp.pause", "50ms");
    settings.put("rebound.security.keys[0].name", "tests");
    settings.put("rebound.security.keys[0].scopes", "admin");
    settings.put(
        "rebound.security.keys[0].sha256",
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(ADMIN_KEY.getBytes(StandardCharsets.UTF_8))));
    return settings;
  }

  private void createTemplate() {
    send(
        request(sandbox.baseUrl() + "/v26.0/5000000005/message_templates", META_TOKEN)
            .POST(
                BodyPublishers.ofString(
                    """
                    {"name": "cart_reminder", "language": "en", "category": "MARKETING",
                     "components": [{"type": "BODY", "text": "Hello {{1}}, your cart is waiting.",
                                     "example": {"body_text": [["Ada"]]}}]}
                    """)));
  }

  static RunningWhatsapp get() {
    return RUNNING;
  }

  Database database() {
    return database;
  }

  /** Opens what was sealed to identity. */
  Opener identity() {
    return identity;
  }

  HttpResponse<String> get(String path) {
    return send(request(at(path), ADMIN_KEY).GET());
  }

  HttpResponse<String> put(String path, String json) {
    return send(request(at(path), ADMIN_KEY).PUT(BodyPublishers.ofString(json)));
  }

  /** What Meta would post, under a signature. */
  HttpResponse<String> webhook(String body, @Nullable String signature) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(at("/webhooks/whatsapp")))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (signature != null) {
      request.header("X-Hub-Signature-256", signature);
    }
    return send(request);
  }

  HttpResponse<String> withoutKey(String path) {
    return send(HttpRequest.newBuilder(URI.create(at(path))).GET());
  }

  JsonNode sandbox(String path) {
    return json(send(request(sandbox.baseUrl() + "/_sandbox" + path, META_TOKEN).GET()));
  }

  void sandboxPut(String path, String json) {
    send(
        request(sandbox.baseUrl() + "/_sandbox" + path, META_TOKEN)
            .PUT(BodyPublishers.ofString(json)));
  }

  void sandboxPost(String path, String json) {
    send(
        request(sandbox.baseUrl() + "/_sandbox" + path, META_TOKEN)
            .POST(BodyPublishers.ofString(json)));
  }

  /** Messages the sandbox has taken for that number. */
  List<JsonNode> sentTo(String number) {
    return sandbox("/whatsapp/messages?limit=1000")
        .path("data")
        .valueStream()
        .filter(message -> message.path("to").asString("").equals(number))
        .toList();
  }

  /** What the service says of the person's messages. */
  List<JsonNode> messagesOf(UUID person) {
    return json(get("/v1/messages?limit=1000"))
        .path("data")
        .valueStream()
        .filter(message -> message.path("person_id").asString().equals(person.toString()))
        .toList();
  }

  /** The entries of the audit about the person, newest first. */
  List<JsonNode> audited(String action, UUID person) {
    return json(get("/v1/audit?action=" + action + "&subject=person:" + person))
        .path("data")
        .valueStream()
        .toList();
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  private String at(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private static HttpRequest.Builder request(String url, String key) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  <T extends Message> void publish(Topic<T> topic, UUID person, T message) {
    context.getBean(Publisher.class).publish(topic, person.toString(), message).join();
  }

  /** By which Kafka knows a telephone number. */
  String pseudonymOf(String phone) {
    String hash = IdentifierHashes.of(IdentifierType.PHONE, phone, Locality.unknown()).getFirst();
    return context.getBean(Pseudonyms.class).of(IdentifierType.PHONE, hash);
  }

  /** Identity has seen this person with a telephone number. */
  void person(UUID person, String phone, @Nullable String firstName, boolean allowsMessages) {
    publish(
        Topics.PROFILES,
        person,
        profile(
            person,
            phone,
            firstName,
            System.nanoTime(),
            new Consents(true, true, allowsMessages, 1)));
  }

  Profile profile(
      UUID person, String phone, @Nullable String firstName, long revision, Consents consents) {
    var key = new EventKey("shop", "profile-" + person);
    var contact =
        new SealedWithEvent(
            key.source(),
            key.eventId(),
            Instant.now(),
            sealer.seal(new Contact(phone, firstName, "en"), key));
    return new Profile(
        person, revision, Instant.now(), null, List.of(), List.of(), List.of(), contact, consents);
  }

  void event(UUID person, String id, String name, Instant at) {
    publish(
        Topics.IDENTIFIED_EVENTS,
        person,
        identified(person, id, name, at, new Consents(true, true, true, 0)));
  }

  static IdentifiedEvent identified(
      UUID person, String id, String name, Instant at, Consents consents) {
    return new IdentifiedEvent(
        person,
        1,
        consents,
        new TrackedEvent(
            "shop",
            id,
            name,
            at,
            Instant.now(),
            ActionSource.WEBSITE,
            null,
            List.of(new Identifier(IdentifierType.EXTERNAL_ID, "k.pseudonym")),
            ConsentStatement.none(),
            null,
            null,
            null,
            Map.of()));
  }
}
