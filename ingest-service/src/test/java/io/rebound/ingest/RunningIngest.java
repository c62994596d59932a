package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.events.EventKey;
import io.rebound.events.MatchKeys;
import io.rebound.events.Sealed;
import io.rebound.events.SealedFields;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.https.HttpsServer;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import io.rebound.sealing.KeyFiles;
import io.rebound.sealing.Opener;
import io.rebound.startup.ServiceLauncher;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as a shop sees it, started once for all tests, and what it put into Kafka. */
public final class RunningIngest implements AutoCloseable {
  public static final String WRITE_KEY = "a-write-key-of-the-tests";

  /** Of a source that is asked under the site's domain, and marks crawlers. */
  static final String OWN_DOMAIN_KEY = "a-write-key-of-a-site-with-its-own-door";

  /** Of a source whose purchases are paid orders, and which has words of its own. */
  static final String PAID_KEY = "a-write-key-of-a-shop-that-is-paid-late";

  static final String ADMIN_KEY = "an-admin-key-of-the-tests";
  static final String SOURCE = "test-shop";
  static final String FOR_ONE_DATASET = "key-and-source-of-one-dataset";

  private final Map<String, Object> settings;
  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String kafka;
  private final EventsInKafka written;
  private final Path keys;

  private RunningIngest(Map<String, Object> settings, String kafka, Path keys) {
    this.settings = settings;
    this.kafka = kafka;
    this.written = new EventsInKafka(kafka);
    this.keys = keys;
    context =
        ServiceLauncher.launch(
            IngestService.class, "ingest", WebApplicationType.REACTIVE, settings);
  }

  private static RunningIngest start() throws Exception {
    return start(
        TestServers.postgres().createDatabase("ingest"), TestServers.kafkaBootstrap(), Map.of());
  }

  /** One of its own, on servers that a test may stop. */
  static RunningIngest start(Database database, String kafka, Map<String, Object> more)
      throws Exception {
    Path keys = Files.createTempDirectory("ingest-keys");
    KeyFiles.createMissing(keys);
    Map<String, Object> settings = IngestSettings.of(database, kafka, keys);
    settings.putAll(more);
    return new RunningIngest(settings, kafka, keys);
  }

  /** A second instance of the same service, with some settings of its own. */
  RunningIngest beside(Map<String, Object> own) {
    var both = new HashMap<>(settings);
    both.put("rebound.kafka.threads", 0); // or it kept its share of the topics after its test
    both.putAll(own);
    return new RunningIngest(both, kafka, keys);
  }

  @Override
  public void close() {
    context.close();
  }

  public static RunningIngest get() {
    return Started.INGEST;
  }

  private static final class Started {
    static final RunningIngest INGEST = started();

    private static RunningIngest started() {
      try {
        return start();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public Path keys() {
    return keys;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  <T> java.util.Collection<T> beans(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  record Answer(int status, JsonNode body, HttpResponse<String> response) {}

  Answer post(String path, String body) {
    return post(path, body.getBytes(UTF_8), Map.of("Authorization", basic(WRITE_KEY)));
  }

  /** How many messages of a batch went on. */
  public int accepted(String batch) {
    return post("/v1/batch", batch).body().path("accepted").intValue();
  }

  Answer post(String path, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request.build());
  }

  Answer get(String path, String key) {
    HttpRequest.Builder request = request(path).GET();
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return send(request.build());
  }

  Answer admin(String method, String path, String body) {
    return admin(method, path, body, Map.of());
  }

  Answer admin(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path)
            .method(method, BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + ADMIN_KEY)
            .header("Content-Type", "application/json");
    headers.forEach(request::header);
    return send(request.build());
  }

  Answer ask(String method, String path, Map<String, String> headers) {
    HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());
    headers.forEach(request::header);
    return send(request.build());
  }

  /** The lines of an answer, asked under another name of this host. */
  List<String> postTo(String host, String path, String body, Map<String, String> headers) {
    byte[] bytes = body.getBytes(UTF_8);
    var lines = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
    headers.forEach((name, value) -> lines.append(name + ": " + value + "\r\n"));
    lines.append("Content-Length: " + bytes.length + "\r\nConnection: close\r\n\r\n");
    try (var socket = new Socket("127.0.0.1", URI.create(at("")).getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(lines.toString().getBytes(UTF_8));
      socket.getOutputStream().write(bytes);
      return new String(socket.getInputStream().readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a counter stands at, all its tags together. */
  double counter(String name, String... tags) {
    return context.getBean(MeterRegistry.class).find(name).tags(tags).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  public String at(String path) {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path;
  }

  String https() {
    return "https://localhost:" + bean(HttpsServer.class).port().orElseThrow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(at(path))).timeout(Duration.ofSeconds(20));
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      String type = response.headers().firstValue("Content-Type").orElse("");
      JsonNode body =
          type.contains("json")
              ? JsonMapper.shared().readTree(response.body())
              : JsonMapper.shared().missingNode();
      return new Answer(response.statusCode(), body, response);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The event of that id, as identity would read it. */
  public TrackedEvent event(String eventId) {
    return written.event(eventId);
  }

  /** What goes to Meta of the person, as only capi-sync can read it. */
  Map<String, List<String>> matchKeys(String eventId) {
    TrackedEvent event = event(eventId);
    return opened(event.matchKeys(), event.key(), MatchKeys.class).values();
  }

  /** What goes to Meta of the visit. */
  Map<String, List<String>> requestKeys(String eventId) {
    TrackedEvent event = event(eventId);
    return opened(event.requestKeys(), event.key(), MatchKeys.class).values();
  }

  /** What goes to Meta sealed beside the keys. */
  Map<String, JsonNode> sealedFields(String eventId) {
    TrackedEvent event = event(eventId);
    return opened(event.sealedFields(), event.key(), SealedFields.class).values();
  }

  private <T> T opened(Sealed sealed, EventKey key, Class<T> type) {
    return Opener.fromPrivateKeyset(keys.resolve("capi-sync.private.json")).open(sealed, key, type);
  }

  /** The record of that event, as it lies in Kafka. */
  String record(String eventId) {
    return written.record(eventId);
  }

  boolean has(String eventId) {
    return written.has(eventId);
  }

  /** How many events of a source, told apart by their ids, are in Kafka. */
  int count(String source) {
    return written.count(source);
  }

  static String basic(String key) {
    return "Basic " + Base64.getEncoder().encodeToString((key + ":").getBytes(UTF_8));
  }

  static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
