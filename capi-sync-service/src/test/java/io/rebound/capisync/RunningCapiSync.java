package io.rebound.capisync;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.consumption.CloudEvents;
import io.rebound.events.Message;
import io.rebound.events.Topic;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with real Kafka and PostgreSQL and a simulated Meta, started once for all tests. */
public final class RunningCapiSync {
  private static final String ADMIN_KEY = "an-admin-key-of-the-tests";

  private final SimulatedMeta meta = new SimulatedMeta();
  private final HttpClient http = HttpClient.newHttpClient();
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestServers.kafkaBootstrap()),
          new StringSerializer(),
          new ByteArraySerializer());
  private final Map<String, Object> settings;
  private final Sealer sealer;
  private final Opener identity;
  private final Database database;
  private ConfigurableApplicationContext context;

  private RunningCapiSync() throws Exception {
    Path keys = Files.createTempDirectory("capi-sync-keys");
    KeyFiles.createMissing(keys);
    sealer = Sealer.fromPublicKeyset(keys.resolve("capi-sync.public.json"));
    identity = Opener.fromPrivateKeyset(keys.resolve("identity.private.json"));
    database = TestServers.postgres().createDatabase("capi_sync");
    settings = settings(database, keys);
    context = launch(settings);
  }

  private Map<String, Object> settings(Database database, Path keys) throws Exception {
    Map<String, Object> all = TestServers.settings(database, TestServers.kafkaBootstrap());
    all.put("rebound.kafka.instance-id", "tests"); // takes its partitions back at once
    all.put("rebound.sealing.private-key-file", keys.resolve("capi-sync.private.json"));
    all.put("rebound.privacy.identity-public-key-file", keys.resolve("identity.public.json"));
    all.put("rebound.meta.base-url", meta.baseUrl());
    all.put("rebound.meta.token", SimulatedMeta.TOKEN);
    all.put("rebound.meta.app-secret", SimulatedMeta.APP_SECRET);
    all.put("rebound.meta.call-timeout", "1s");
    all.put("rebound.meta.probe-after", "100ms");
    all.put("rebound.meta.probe-at-least-every", "500ms");
    all.put("rebound.capi-sync.dataset-id", SimulatedMeta.DATASET);
    all.put("rebound.capi-sync.ad-account-id", SimulatedMeta.AD_ACCOUNT);
    all.put("rebound.capi-sync.conversions.lease", "3s");
    all.put("rebound.security.keys[0].name", "tests");
    all.put(
        "rebound.security.keys[0].sha256",
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(ADMIN_KEY.getBytes(StandardCharsets.UTF_8))));
    all.put("rebound.security.keys[0].scopes", "admin");
    return all;
  }

  static ConfigurableApplicationContext launch(Map<String, Object> settings) {
    return ServiceLauncher.launch(
        CapiSyncService.class, "capi-sync", WebApplicationType.SERVLET, settings);
  }

  private static final class Started {
    static final RunningCapiSync CAPI_SYNC = started();

    private static RunningCapiSync started() {
      try {
        return new RunningCapiSync();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public static RunningCapiSync get() {
    return Started.CAPI_SYNC;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public SimulatedMeta meta() {
    return meta;
  }

  Database database() {
    return database;
  }

  /** Opens what was sealed to identity. */
  Opener identity() {
    return identity;
  }

  public Sealer sealer() {
    return sealer;
  }

  /** What the service was started with. */
  Map<String, Object> settings() {
    return Map.copyOf(settings);
  }

  /** Stops the service; its database and everything else stay. */
  void stop() {
    context.close();
  }

  /** Starts the service again. */
  void start() {
    context = launch(settings);
  }

  /** Returns once Kafka has it. */
  public <T extends Message> void publish(Topic<T> topic, String key, T value) {
    try {
      producer.send(CloudEvents.record("tests", topic, key, value)).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts the service again with these settings beside its usual ones. */
  void restart(Map<String, Object> more) {
    stop();
    var all = new HashMap<>(settings);
    all.putAll(more);
    context = launch(all);
  }

  public HttpResponse<String> get(String path) {
    return send(request(path));
  }

  HttpResponse<String> put(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  /** The sum of a metric over all that have these tags; 0 if there is none yet. */
  double metric(String name, String... tags) {
    return bean(MeterRegistry.class).find(name).tags(tags).meters().stream()
        .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
        .mapToDouble(Measurement::getValue)
        .sum();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:"
                    + context.getEnvironment().getProperty("local.server.port")
                    + path))
        .header("Authorization", "Bearer " + ADMIN_KEY);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The event's delivery as operators see it; missing until it is known. */
  public JsonNode delivery(String eventId) {
    return JsonMapper.shared()
        .readTree(get("/v1/deliveries?event_id=" + eventId).body())
        .path("data")
        .path(0);
  }

  /** The segment's audience as operators see it; missing until it is known. */
  public JsonNode audience(String segment) {
    return JsonMapper.shared()
        .readTree(get("/v1/audiences?limit=1000").body())
        .path("data")
        .valueStream()
        .filter(one -> one.path("segment").asString().equals(segment))
        .findFirst()
        .orElseGet(tools.jackson.databind.node.MissingNode::getInstance);
  }
}
