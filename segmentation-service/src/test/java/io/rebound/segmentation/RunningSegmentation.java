package io.rebound.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.consumption.Publisher;
import io.rebound.events.EventJson;
import io.rebound.events.PersonEvent;
import io.rebound.events.Topics;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import io.rebound.sealing.KeyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The whole service on real Kafka and PostgreSQL, started once for all tests that extend this. */
@SpringBootTest(
    classes = SegmentationService.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.name=segmentation",
      "rebound.segmentation.segments.clock-every=100ms",
      "rebound.segmentation.rfm.edges-every=200ms",
      "rebound.kafka.partitions=3",
      "rebound.security.keys[0].name=test",
      // of "test-key"
      "rebound.security.keys[0].sha256="
          + "62af8704764faf8ea82fc61ce9c4c3908b6cb97d463a634e9e587d7c885db0ef",
      "rebound.security.keys[0].scopes=admin"
    })
@Import(RunningSegmentation.TestClock.class)
public abstract class RunningSegmentation {
  protected static final Duration PATIENCE = Duration.ofSeconds(20);
  protected static final MovableClock CLOCK = MovableClock.running();

  protected static final Database DATABASE = TestServers.postgres().createDatabase("segmentation");
  protected static final Path KEYS = keys();

  static class TestClock {
    @Bean
    @Primary
    Clock movableClock() {
      return CLOCK;
    }
  }

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    registry.add("spring.datasource.url", DATABASE::jdbcUrl);
    registry.add("spring.datasource.username", DATABASE::user);
    registry.add("spring.datasource.password", DATABASE::password);
    registry.add(
        "rebound.privacy.identity-public-key-file", () -> KEYS.resolve("identity.public.json"));
    registry.add("rebound.kafka.bootstrap-servers", TestServers::kafkaBootstrap);
  }

  @LocalServerPort int port;
  @Autowired Publisher publisher;
  final HttpClient http = HttpClient.newHttpClient();

  private static Path keys() {
    try {
      Path keys = Files.createTempDirectory("segmentation-keys");
      KeyFiles.createMissing(keys);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected void tell(UUID person, PersonEvent event) {
    publisher.publish(Topics.IDENTIFIED_EVENTS, person.toString(), event).join();
  }

  protected List<UUID> members(String segment) throws Exception {
    List<UUID> ids = new ArrayList<>();
    get("/v1/segments/" + segment + "/members")
        .get("data")
        .forEach(member -> ids.add(UUID.fromString(member.get("person_id").asString())));
    return ids;
  }

  protected static String sample(String name) throws IOException {
    return Files.readString(Path.of("../samples/segments/" + name + ".json"));
  }

  protected HttpResponse<String> put(String name, String definition) throws Exception {
    return send(
        request("/v1/segments/" + name.replace(" ", "%20"))
            .header("content-type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(definition)));
  }

  protected JsonNode get(String path) throws Exception {
    return EventJson.MAPPER.readTree(body(request(path).GET()));
  }

  protected String body(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = send(request.header("content-type", "application/json"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  protected HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  protected HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Authorization", "Bearer test-key");
  }
}
