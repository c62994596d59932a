package io.rebound.sandbox.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.sandbox.MetaSandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsTest {
  @TempDir static Path shared; // making certificates takes its time

  @Test
  void who_trusts_the_authority_is_served_over_https() throws Exception {
    try (MetaSandbox sandbox = start()) {
      String answer = get(sandbox, "localhost");

      assertThat(answer).contains("\"code\":2500");
      assertThat(get(sandbox, "127.0.0.1")).isNotBlank();
    }
  }

  @Test
  void nobody_else_trusts_it() {
    try (MetaSandbox sandbox = start()) {
      URI address = URI.create("https://localhost:" + sandbox.httpsPort() + "/nothing");

      assertThatThrownBy(
              () -> {
                try (var client = HttpClient.newHttpClient()) {
                  client.send(
                      HttpRequest.newBuilder(address).build(),
                      HttpResponse.BodyHandlers.ofString());
                }
              })
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void a_restart_keeps_what_clients_trust() throws Exception {
    String authority;
    try (MetaSandbox sandbox = start()) {
      authority = Files.readString(sandbox.certificateAuthority());
    }
    try (MetaSandbox sandbox = start()) {
      assertThat(Files.readString(sandbox.certificateAuthority())).isEqualTo(authority);
      assertThat(get(sandbox, "localhost")).isNotBlank();
    }
  }

  @Test
  void keys_are_their_owners_only() throws IOException {
    var certificates = Certificates.in(shared, Clock.systemUTC());

    assertThat(Files.getPosixFilePermissions(certificates.keys()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(shared)) {
      assertThat(files).containsExactlyInAnyOrder(certificates.keys(), certificates.authority());
    }
  }

  @Test
  void certificates_are_made_anew_before_they_expire(@TempDir Path folder) throws IOException {
    Certificates.in(folder, Clock.systemUTC());
    byte[] first = Files.readAllBytes(folder.resolve("keys.p12"));

    Certificates.in(folder, Clock.offset(Clock.systemUTC(), Duration.ofDays(700)));
    assertThat(Files.readAllBytes(folder.resolve("keys.p12"))).isEqualTo(first);

    Certificates.in(folder, Clock.offset(Clock.systemUTC(), Duration.ofDays(800)));
    assertThat(Files.readAllBytes(folder.resolve("keys.p12"))).isNotEqualTo(first);
  }

  @Test
  void https_is_off_unless_asked_for() {
    try (MetaSandbox sandbox = MetaSandbox.start(Map.of("server.port", 0))) {
      assertThatThrownBy(sandbox::httpsPort).hasMessage("HTTPS is off");
    }
  }

  private MetaSandbox start() {
    return MetaSandbox.start(
        Map.of(
            "server.port",
            0,
            "server.address",
            "127.0.0.1",
            "sandbox.https.port",
            0,
            "sandbox.https.folder",
            shared.toString()));
  }

  private static String get(MetaSandbox sandbox, String host) throws Exception {
    try (var client =
        HttpClient.newBuilder().sslContext(Trust.in(sandbox.certificateAuthority())).build()) {
      URI address = URI.create("https://" + host + ":" + sandbox.httpsPort() + "/nothing");
      return client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
