package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contact data come in at every door and are nowhere afterwards: not as they were typed, and not as
 * anything that somebody without our keys could make out of all addresses and numbers there are.
 * What Meta's simulator stores is Meta's, and is left out.
 */
class NothingLeaksTest {
  private static final String SHOP = "kunden-der-probe";

  @TempDir Path scratch;

  @Test
  void what_customers_told_is_in_no_log_no_table_no_topic_no_metric_and_no_refusal()
      throws Exception {
    var contacts = new Contacts(20, SHOP);
    var needles = new Needles(contacts.spellings());
    Path data = scratch.resolve("data");
    try (OneJvm platform =
        OneJvm.start(
            data,
            new SameKeys(scratch.resolve("keys")),
            List.of(
                "-Dserver.tomcat.accesslog.enabled=true",
                "-Dserver.tomcat.basedir=" + scratch.resolve("tomcat"),
                "-Dserver.tomcat.accesslog.buffered=false"))) {
      Installation installation = platform.installation();
      var doors = new EveryDoor(installation, contacts);
      doors.prepare();
      doors.track();
      doors.serverEvents();
      doors.imports();
      doors.whatsapp();
      Results.settle(installation);
      int found = doors.lookups();
      Results.settle(installation);

      // that it got everywhere, or else nothing would be proven
      assertThat(found).as("lookups that found somebody").isGreaterThan(40);
      assertThat(doors.sandboxHolds("/_sandbox/events").path("data").size()).isGreaterThan(20);
      assertThat(doors.sandboxHolds("/_sandbox/audiences").path("data").toString())
          .contains("Rebound viewers");
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() ->
              assertThat(doors.sandboxHolds("/_sandbox/whatsapp/messages").path("data").toString())
                  .contains("your cart is waiting"));
      assertThat(installation.all(installation.ports().ingest(), "/v1/rejected-events"))
          .hasSizeGreaterThan(20);
      assertThat(doors.refusals()).hasSizeGreaterThan(10);

      // last: who is erased or says no gets no message any more
      doors.requests();
      Results.settle(installation);

      var places = new Places(scratch, installation);
      assertThat(places.with(needles)).as("what was found where").isEmpty();
      var refusals = new TreeMap<String, Set<String>>();
      for (String refusal : doors.refusals()) {
        Set<String> told = needles.in(refusal.getBytes(UTF_8));
        if (!told.isEmpty()) {
          refusals.put(refusal, told);
        }
      }
      assertThat(refusals).as("refusals that repeat what they refuse").isEmpty();

      plant(contacts.get(0), places);
      assertThat(String.join("\n", places.with(needles).keySet()))
          .contains("file planted.log", "table postgres.planted", "topic planted");
    }
  }

  /** The search must find what there is: else that it finds nothing tells nothing. */
  private void plant(Contacts.Contact contact, Places places) throws Exception {
    byte[] hash =
        java.security.MessageDigest.getInstance("SHA-256").digest(contact.email().getBytes(UTF_8));
    Files.writeString(
        scratch.resolve("planted.log"), "user " + HexFormat.of().withUpperCase().formatHex(hash));
    try (Connection connection = places.superuser("postgres");
        var statement = connection.createStatement()) {
      statement.execute(
          "create table planted as select repeat('x', 5000) || '%s' as body"
              .formatted(EveryDoor.base64(hash)));
    }
    Map<String, Object> settings =
        Map.of("bootstrap.servers", places.bootstrap(), "compression.type", "gzip");
    try (var admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic("planted", 1, (short) 1))).all().get();
    }
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] value = ("x".repeat(5000) + contact.phone(3)).getBytes(UTF_8);
      producer.send(new ProducerRecord<>("planted", value)).get();
    }
  }
}
