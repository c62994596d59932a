package io.rebound.identity;

import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import io.rebound.sealing.KeyFiles;
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
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The service, started once for all tests of this JVM. */
public final class RunningIdentity {
  /** Low, so that a test need not show many persons to have a value blocked. */
  public static final int MOST_OTHERS = 6;

  private static final String ADMIN_KEY = "an-admin-key-of-the-tests";

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningIdentity(Map<String, Object> more) throws Exception {
    Path keys = Files.createTempDirectory("identity-keys");
    KeyFiles.createMissing(keys);
    Database database = TestServers.postgres().createDatabase("identity");
    Map<String, Object> settings = TestServers.settings(database, TestServers.kafkaBootstrap());
    settings.put("rebound.pseudonyms.pepper-file", keys.resolve("pepper.json"));
    settings.put("rebound.sealing.private-key-file", keys.resolve("identity.private.json"));
    settings.put("rebound.identity.lookup.country", "DE");
    settings.put("rebound.identity.graph.most-others", MOST_OTHERS);
    settings.put("rebound.security.keys[0].name", "tests");
    settings.put(
        "rebound.security.keys[0].sha256",
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(ADMIN_KEY.getBytes(StandardCharsets.UTF_8))));
    settings.put("rebound.security.keys[0].scopes", "admin");
    settings.putAll(more);
    context =
        ServiceLauncher.launch(
            IdentityService.class, "identity", WebApplicationType.SERVLET, settings);
  }

  private static final class Started {
    static final RunningIdentity IDENTITY = started();

    private static RunningIdentity started() {
      try {
        return new RunningIdentity(Map.of());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public static RunningIdentity get() {
    return Started.IDENTITY;
  }

  /** One of its own that reads no topics: a test calls its handlers. */
  public static RunningIdentity idle(Map<String, Object> settings) throws Exception {
    var own = new HashMap<>(settings);
    own.put("rebound.kafka.threads", 0);
    return new RunningIdentity(own);
  }

  public void stop() {
    context.close();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public TransactionTemplate transaction() {
    return bean(TransactionTemplate.class);
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(at(path)).GET());
  }

  /**
   * @param headers further ones: name, value, name, value …
   */
  public HttpResponse<String> post(String path, String json, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> put(String path, String json, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json));
    headers.forEach(request::header);
    return send(request);
  }

  private URI at(String path) {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(
          request.header("Authorization", "Bearer " + ADMIN_KEY).build(), BodyHandlers.ofString());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** An identity that has seen nothing. */
  public void forgetEverything() {
    bean(JdbcClient.class)
        .sql(
            """
            truncate undoing, rejudging, -- first, as the consumer looks there between batches
              recent_event, envelope, consent, consent_statement, device_event, event, sign_in,
              device, identifier, person, evidence, evidence_of_identifier, seen_with,
              erased_identifier, privacy_request, privacy_receipt, privacy_export_part
            """)
        .update();
  }
}
