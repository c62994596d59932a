package io.rebound.sandbox.audiences;

import static io.rebound.sandbox.audiences.AudiencesCaller.hashes;
import static io.rebound.sandbox.audiences.AudiencesCaller.people;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LifelikeAudiencesTest {
  private static final String LAST = ",\"last_batch_flag\":true";

  private static MetaSandbox sandbox;

  private AudiencesCaller meta;

  @BeforeAll
  static void start() {
    sandbox = start("");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void reset() {
    meta = new AudiencesCaller(new Caller(sandbox.baseUrl()));
    meta.meta().post("/_sandbox/reset", "{}");
  }

  @Test
  void sizes_show_half_an_hour_after_the_upload() {
    String id = meta.createWith(people(2_000));

    JsonNode early = meta.shown(id);
    assertThat(early.path("approximate_count_lower_bound").asInt()).isEqualTo(1_000);
    assertThat(early.path("delivery_status").path("code").asInt()).isEqualTo(300);
    assertThat(early.path("operation_status").path("code").asInt()).isEqualTo(441);

    meta.clockMovesTo(Duration.ofMinutes(31));
    JsonNode late = meta.shown(id);
    assertThat(late.path("approximate_count_lower_bound").asInt()).isEqualTo(2_000);
    assertThat(late.path("delivery_status").path("code").asInt()).isEqualTo(200);
    assertThat(late.path("operation_status").path("code").asInt()).isEqualTo(200);
  }

  @Test
  void a_replacement_takes_half_an_hour_after_its_last_batch() {
    String id = meta.createWith("a");
    meta.replace(id, 7, 1, LAST, "b");

    assertThat(meta.status(id)).isEqualTo(414);
    assertThat(meta.members(id)).containsExactly(hashes("a"));
    assertThat(meta.add(id, "c").error().path("error_subcode").asInt()).isEqualTo(1870145);

    meta.clockMovesTo(Duration.ofMinutes(31));
    assertThat(meta.members(id)).containsExactly(hashes("b"));
    assertThat(meta.add(id, "c").status()).isEqualTo(200);
  }

  @Test
  void a_removal_that_leaves_too_few_is_refused_as_a_whole() {
    String id = meta.createWith(people(102));
    assertThat(meta.remove(id, people(2)).status()).isEqualTo(200);

    Reply refused = meta.remove(id, "person-50");

    assertThat(refused.error().path("code").asInt()).isEqualTo(200);
    assertThat(refused.error().path("error_subcode").asInt()).isEqualTo(1870047);
    assertThat(meta.members(id)).hasSize(100);
    assertThat(meta.remove(id, "nobody").status()).isEqualTo(200);
  }

  @Test
  void a_half_done_replacement_a_flag_and_the_terms_survive_a_kill(@TempDir Path scratch)
      throws Exception {
    Path found = Files.createDirectory(scratch.resolve("found"));
    String replaced;
    String flagged;
    try (MetaSandbox killed = start(scratch.resolve("state").toString())) {
      var before = new AudiencesCaller(new Caller(killed.baseUrl()));
      replaced = before.createWith("a");
      before.replace(replaced, 7, 1, "", "b");
      flagged = before.createWith("a");
      before.befalls(flagged, "{\"fields_violating_integrity_policy\":[\"description\"]}");
      before.meta().put("/_sandbox/terms", "{\"custom_audience_tos\":false}");
      // what the disk holds at this moment is what a killed process leaves behind
      try (Stream<Path> files = Files.list(scratch)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          Files.copy(file, found.resolve(file.getFileName()));
        }
      }
    }

    for (int starts = 1; starts <= 2; starts++) { // the second one finds a shortened journal
      try (MetaSandbox again = start(found.resolve("state").toString())) {
        var after = new AudiencesCaller(new Caller(again.baseUrl()));
        assertThat(after.status(replaced)).isEqualTo(414);
        assertThat(after.status(flagged)).isEqualTo(471);
        assertThat(after.creating("seg-2").error().path("error_subcode").asInt())
            .isEqualTo(1870090);
      }
    }
    try (MetaSandbox again = start(found.resolve("state").toString())) {
      var after = new AudiencesCaller(new Caller(again.baseUrl()));
      after.meta().put("/_sandbox/terms", "{\"custom_audience_tos\":true}");
      assertThat(after.replace(replaced, 7, 2, LAST, "c").json().path("num_received").asInt())
          .isEqualTo(2);
      after.clockMovesTo(Duration.ofMinutes(31));
      assertThat(after.members(replaced)).containsExactlyInAnyOrder(hashes("b", "c"));
    }
  }

  @Test
  void at_most_a_hundred_invalid_entries_are_sampled_as_a_list_if_so_set() {
    try (MetaSandbox lists =
        MetaSandbox.start(
            Map.of("server.port", 0, "sandbox.journal", "", "sandbox.audiences.samples", "list"))) {
      var caller = new AudiencesCaller(new Caller(lists.baseUrl()));
      String bad =
          IntStream.range(0, 101)
              .mapToObj(i -> "\"plain-" + i + "\"")
              .collect(java.util.stream.Collectors.joining(","));

      JsonNode answer =
          caller
              .meta()
              .post(
                  AudiencesCaller.users(caller.create()),
                  "{\"payload\":{\"schema\":\"EMAIL_SHA256\",\"data\":[" + bad + "]}}")
              .json();

      assertThat(answer.path("num_invalid_entries").asInt()).isEqualTo(101);
      assertThat(answer.path("invalid_entry_samples").isArray()).isTrue();
      assertThat(answer.path("invalid_entry_samples")).hasSize(100);
    }
  }

  private static MetaSandbox start(String journal) {
    return MetaSandbox.start(
        Map.of("server.port", 0, "sandbox.journal", journal, "sandbox.profile", "lifelike"));
  }
}
