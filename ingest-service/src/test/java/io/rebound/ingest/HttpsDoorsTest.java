package io.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rebound.ingest.https.OwnAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The HTTPS port is the HTTP port, encrypted. */
class HttpsDoorsTest {
  private final RunningIngest ingest = RunningIngest.get();
  private final HttpClient client = client();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void the_event_doors_answer_there() throws Exception {
    String id = UUID.randomUUID().toString();

    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(ingest.https() + "/v1/track"))
                .header("Authorization", RunningIngest.basic(RunningIngest.WRITE_KEY))
                .POST(
                    BodyPublishers.ofString(
                        "{\"event\":\"A\",\"messageId\":\"%s\",\"userId\":\"u\"}".formatted(id))));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ingest.event(id).name()).isEqualTo("A");
  }

  @Test
  void the_admin_doors_answer_there_and_are_as_closed() throws Exception {
    URI list = URI.create(ingest.https() + "/v1/rejected-events");

    assertThat(send(HttpRequest.newBuilder(list)).statusCode()).isEqualTo(401);
    assertThat(
            send(HttpRequest.newBuilder(list)
                    .header("Authorization", "Bearer " + RunningIngest.ADMIN_KEY))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void the_limits_are_the_same() throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(ingest.https() + "/v1/events"))
                .POST(BodyPublishers.ofByteArray(new byte[5_000_000])));

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void who_does_not_trust_the_authority_does_not_connect() {
    URI health = URI.create(ingest.https() + "/actuator/health");

    assertThatThrownBy(
            () -> {
              try (var stranger = HttpClient.newHttpClient()) {
                stranger.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString());
              }
            })
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void a_renewed_certificate_is_served_without_a_restart() throws Exception {
    URI health = URI.create(ingest.https() + "/actuator/health/liveness");

    Clock expiring = Clock.offset(Clock.systemUTC(), Duration.ofDays(800));
    OwnAuthority.in(ingest.keys().resolve("https"), expiring); // another authority

    try (HttpClient trusting = client()) {
      await()
          .ignoreExceptionsInstanceOf(SSLHandshakeException.class)
          .untilAsserted(() ->
              assertThat(
                      trusting
                          .send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString())
                          .statusCode())
                  .isEqualTo(200));
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpClient client() {
    try (var pem = Files.newInputStream(ingest.keys().resolve("https/ca.pem"))) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, managers.getTrustManagers(), null);
      return HttpClient.newBuilder().sslContext(tls).build();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
