package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.MatchKeys;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest.Answer;
import io.rebound.ingest.doors.Door;
import io.rebound.ingest.intake.DoorFormats;
import io.rebound.ingest.quarantine.KeptEvent;
import io.rebound.ingest.quarantine.RejectedEvent;
import io.rebound.ingest.quarantine.RejectedEvents;
import io.rebound.sealing.Opener;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What the doors refused is looked for, looked at and tried again. Where a rule of today must
 * accept what a rule of yesterday refused, the body that was really refused is exchanged for one
 * that is good; the rest is kept as the door wrote it.
 */
class QuarantineReplayTest {
  private final RunningIngest ingest = RunningIngest.get();
  private final RejectedEvents table = ingest.bean(RejectedEvents.class);
  private final JdbcClient jdbc = ingest.bean(JdbcClient.class);
  private final String id = UUID.randomUUID().toString();

  @Test
  void the_list_is_filtered() {
    Instant before = Instant.now();
    ingest.post("/v1/track", "{\"userId\":\"u\"}");
    ingest.post("/v1/identify", "{\"userId\":{}}");

    assertThat(fields("?door=track&limit=1")).containsExactly("event");
    assertThat(fields("?door=identify&limit=1")).containsExactly("userId");
    assertThat(fields("?field=userId&reason=STRING&limit=1")).containsExactly("userId");
    assertThat(fields("?source=" + RunningIngest.SOURCE + "&from=" + before)).hasSize(2);
    assertThat(fields("?source=nobody")).isEmpty();
    assertThat(fields("?to=2020-01-01T00:00:00Z")).isEmpty();
    for (String wrong : List.of("colour=red", "from=yesterday")) {
      Answer answer = ingest.get("/v1/rejected-events?" + wrong, RunningIngest.ADMIN_KEY);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body().path("errors").get(0).path("field").stringValue())
          .isEqualTo(wrong.split("=")[0]);
    }
  }

  @Test
  void a_body_is_shown_only_where_it_is_asked_for() {
    ingest.post("/v1/track", "{\"userId\":\"ada@shop.example\"}");
    String path = "/v1/rejected-events/" + newest().id();

    Answer closed = ingest.get(path, RunningIngest.ADMIN_KEY);
    Answer open = ingest.get(path + "?body=true", RunningIngest.ADMIN_KEY);

    assertThat(closed.body().path("field").stringValue()).isEqualTo("event");
    assertThat(closed.response().body()).doesNotContain("ada@shop.example");
    assertThat(open.body().path("body").stringValue())
        .isEqualTo("{\"userId\":\"ada@shop.example\"}");
    assertThat(open.body().path("request").stringValue()).contains("\"path\":\"v1/track\"");
    assertThat(ingest.get(path + "?body=true", null).status()).isEqualTo(401);
    assertThat(ingest.get("/v1/rejected-events/999999999", RunningIngest.ADMIN_KEY).status())
        .isEqualTo(404);
  }

  @Test
  void what_lies_in_the_quarantine_is_unreadable_in_a_dump() {
    ingest.post(
        "/v1/track",
        "{\"userId\":\"ada@shop.example\"}".getBytes(UTF_8),
        Map.of(
            "Authorization",
            RunningIngest.basic(RunningIngest.WRITE_KEY),
            "User-Agent",
            "browser-of-ada"));

    byte[] dump =
        jdbc.sql("select body || request from rejected_event where id = :id")
            .param("id", newest().id())
            .query(byte[].class)
            .single();
    assertThat(new String(dump, ISO_8859_1)).hasSizeGreaterThan(100).doesNotContain("ada");
  }

  @Test
  void one_that_is_still_at_fault_stays_with_its_reason_and_its_attempts() {
    ingest.post("/v1/track", "{\"userId\":\"u\"}");
    KeptEvent kept = newest();
    long changed = keep(kept.event(), "{\"event\":\"A\"}"); // now somebody is missing

    Answer first = replay(changed);
    Answer second = replay(changed);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().path("outcome").stringValue()).isEqualTo("still_rejected");
    assertThat(first.body().path("field").stringValue()).isEqualTo("userId");
    assertThat(second.body().path("attempts").intValue()).isEqualTo(2);
    JsonNode stays = ingest.get("/v1/rejected-events/" + changed, RunningIngest.ADMIN_KEY).body();
    assertThat(stays.path("field").stringValue()).isEqualTo("userId");
    assertThat(stays.path("attempts").intValue()).isEqualTo(2);
    assertThat(stays.path("attempted_at").stringValue()).isNotBlank();
  }

  @Test
  void an_event_of_a_batch_is_understood_as_it_came() {
    ingest.post(
        "/v1/batch",
        """
        {"sentAt":"2026-11-20T10:00:05Z","context":{"userAgent":"agent-of-the-batch","direct":true},
         "writeKey":"%s","batch":[{"type":"track","userId":"u"}]}
        """
            .formatted(RunningIngest.WRITE_KEY)
            .getBytes(UTF_8),
        Map.of("Cookie", "session=secret; _fbp=fb.1.1795467400123.42; _fbc=fb.1.1795467400123.Ab"));
    RejectedEvent then = newest().event();
    assertThat(new String(then.request(), UTF_8))
        .doesNotContain("session", RunningIngest.WRITE_KEY);
    long kept =
        keep(
            then,
            "{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\",\"messageId\":\"%s\",\"timestamp\":\"2026-11-20T10:00:00Z\"}"
                .formatted(id));

    assertThat(replay(kept).body().path("outcome").stringValue()).isEqualTo("accepted");

    TrackedEvent event = ingest.event(id);
    assertThat(event.receivedAt()).isEqualTo(then.receivedAt());
    assertThat(event.at()).isEqualTo(then.receivedAt().minusSeconds(5));
    MatchKeys request =
        Opener.fromPrivateKeyset(ingest.keys().resolve("capi-sync.private.json"))
            .open(event.requestKeys(), event.key(), MatchKeys.class);
    assertThat(request.values())
        .containsEntry("client_user_agent", List.of("agent-of-the-batch"))
        .containsEntry("client_ip_address", List.of("127.0.0.1"))
        .containsEntry("fbp", List.of("fb.1.1795467400123.42"))
        .containsEntry("fbc", List.of("fb.1.1795467400123.Ab"));
    assertThat(table.find(kept)).isEmpty();
  }

  @Test
  void one_without_an_id_that_is_replayed_twice_counts_once() {
    ingest.post("/v1/track", "{\"userId\":\"u\"}");
    long kept = keep(newest().event(), "{\"event\":\"A\",\"userId\":\"u\"}");
    int before = ingest.count(RunningIngest.SOURCE);
    jdbc.sql("create table replayed as select * from rejected_event where id = :id")
        .param("id", kept)
        .update();

    replay(kept);
    // killed before the quarantine knew: it lies there still
    jdbc.sql("insert into rejected_event overriding system value select * from replayed").update();
    jdbc.sql("drop table replayed").update();
    replay(kept);

    assertThat(ingest.count(RunningIngest.SOURCE)).isEqualTo(before + 1);
    assertThat(table.find(kept)).isEmpty();
  }

  @Test
  void a_whole_body_is_replayed_as_the_request_it_was() {
    ingest.post("/v1/batch", "{\"batch\":[");
    RejectedEvent unreadable = newest().event();
    assertThat(unreadable.whole()).isTrue();
    assertThat(replay(newest().id()).body().path("outcome").stringValue())
        .isEqualTo("still_rejected");
    long kept =
        keep(
            unreadable,
            "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\",\"messageId\":\"%s\"},{\"type\":\"track\"}]}"
                .formatted(id));

    assertThat(replay(kept).body().path("outcome").stringValue()).isEqualTo("accepted");

    ingest.event(id);
    assertThat(table.find(kept)).isEmpty();
    KeptEvent rest = newest();
    assertThat(rest.event().whole()).isFalse();
    assertThat(rest.event().field()).isEqualTo("event");
    assertThat(new String(rest.event().body(), UTF_8)).isEqualTo("{\"type\":\"track\"}");
  }

  @Test
  void server_events_and_offline_rows_are_replayed_too() {
    ingest.post(
        "/v1/events?access_token=" + RunningIngest.WRITE_KEY,
        "{\"data\":[{\"event_name\":\"Lead\"}]}".getBytes(UTF_8),
        Map.of());
    long serverEvent =
        keep(
            newest().event(),
            "{\"event_name\":\"Lead\",\"event_time\":1763600000,\"event_id\":\"%s\",\"action_source\":\"website\",\"user_data\":{\"em\":\"a@b.example\"}}"
                .formatted(id));
    ingest.post(
        "/v1/imports/offline-events?time_zone=Europe/Berlin",
        "email,event_time\na@b.example,2026-11-20 10:00\n");
    RejectedEvent row = newest().event();
    assertThat(row.field()).isEqualTo("value");
    long offline =
        keep(
            row,
            new String(row.body(), UTF_8)
                .replaceFirst(
                    "\\{",
                    "{\"value\":\"1\",\"currency\":\"EUR\",\"event_id\":\"%s-2\",".formatted(id)));

    replay(serverEvent);
    replay(offline);

    ingest.event(id);
    assertThat(ingest.event(id + "-2").at()).isEqualTo(Instant.parse("2026-11-20T09:00:00Z"));
  }

  @Test
  void many_are_replayed_in_the_background_by_filter() {
    ingest.post("/v1/track", "{\"userId\":\"u\"}");
    RejectedEvent then = newest().event();
    String reason = "was refused by the rule of " + id;
    List<RejectedEvent> many =
        IntStream.range(0, 450)
            .mapToObj(number ->
                number % 10 == 0
                    ? changed(then, reason, "{\"event\":\"A\"}")
                    : changed(
                        then,
                        reason,
                        "{\"event\":\"A\",\"userId\":\"u\",\"messageId\":\"%s-%d\"}"
                            .formatted(id, number)))
            .toList();
    table.add(many);
    String filter = "{\"door\":\"track\",\"reason\":\"%s\"%s}";

    Answer dryRun =
        post("/v1/rejected-events/replay", filter.formatted(reason, ",\"dry_run\":true"));
    Answer started = post("/v1/rejected-events/replay", filter.formatted(reason, ""));

    assertThat(dryRun.body().path("matching").intValue()).isEqualTo(450);
    assertThat(started.status()).isEqualTo(202);
    String progress = "/v1/replays/" + started.body().path("replay_id").longValue();
    await()
        .untilAsserted(() ->
            assertThat(
                    ingest
                        .get(progress, RunningIngest.ADMIN_KEY)
                        .body()
                        .path("state")
                        .stringValue())
                .isEqualTo("done"));
    JsonNode done = ingest.get(progress, RunningIngest.ADMIN_KEY).body();
    assertThat(done.path("matching").intValue()).isEqualTo(450);
    assertThat(done.path("accepted").intValue()).isEqualTo(405);
    assertThat(done.path("still_rejected").intValue()).isEqualTo(45);
    ingest.event(id + "-1");
    ingest.event(id + "-449");
    assertThat(
            post("/v1/rejected-events/replay", filter.formatted(reason, ",\"dry_run\":true"))
                .body()
                .path("matching")
                .intValue())
        .isZero(); // those that stay have another reason now
    assertThat(ingest.get("/actuator/prometheus", RunningIngest.ADMIN_KEY).response().body())
        .contains("rebound_ingest_replayed_events_total{door=\"track\",outcome=\"accepted\"}");
  }

  @Test
  void a_replay_whose_worker_died_goes_on_behind_what_it_settled() {
    ingest.post("/v1/track", "{\"userId\":\"u\"}");
    RejectedEvent then = newest().event();
    String reason = "was refused by the rule of " + id;
    String body = "{\"event\":\"A\",\"userId\":\"u\",\"messageId\":\"%s-%d\"}";
    table.add(List.of(changed(then, reason, body.formatted(id, 1))));
    long settled = newestId();
    table.add(List.of(changed(then, reason, body.formatted(id, 2))));
    long replay =
        jdbc.sql(
                """
                insert into replay (reason, upto_id, last_id, matching, epoch, claimed_until, started_at, updated_at)
                values (:reason, :upto, :last, 2, 1, now(), now(), now())
                returning id
                """)
            .param("reason", reason)
            .param("upto", newestId())
            .param("last", settled)
            .query(Long.class)
            .single();

    await()
        .until(() ->
            ingest
                .get("/v1/replays/" + replay, RunningIngest.ADMIN_KEY)
                .body()
                .path("state")
                .stringValue()
                .equals("done"));

    ingest.event(id + "-2");
    assertThat(ingest.has(id + "-1")).isFalse();
    assertThat(table.find(settled)).isPresent();
  }

  @Test
  void who_opened_or_replayed_what_is_audited() {
    ingest.post("/v1/track", "{\"userId\":\"u\"}");
    long kept = newestId();

    ingest.get("/v1/rejected-events/" + kept, RunningIngest.ADMIN_KEY);
    ingest.get("/v1/rejected-events/" + kept + "?body=true", RunningIngest.ADMIN_KEY);
    replay(kept);

    for (String action : List.of("rejected_event.read", "rejected_events.replayed")) {
      JsonNode newest =
          ingest
              .get("/v1/audit?limit=1&action=" + action, RunningIngest.ADMIN_KEY)
              .body()
              .path("data")
              .path(0);
      assertThat(newest.path("actor").asString()).isEqualTo("tests");
      assertThat(newest.path("subject").path("id").asString()).isEqualTo(String.valueOf(kept));
    }
  }

  @Test
  void a_filter_that_is_misspelt_replays_nothing() {
    Answer answer = post("/v1/rejected-events/replay", "{\"sauce\":\"x\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errors").get(0).path("field").stringValue()).isEqualTo("sauce");
    assertThat(post("/v1/rejected-events/replay", "[]").status()).isEqualTo(400);
    assertThat(post("/v1/rejected-events/replay", "{").status()).isEqualTo(400);
    assertThat(ingest.get("/v1/replays/999999", RunningIngest.ADMIN_KEY).status()).isEqualTo(404);
  }

  /** So that nobody adds a door whose rejected events can't come back. */
  @Test
  void every_door_has_a_format_for_what_it_rejects() {
    var formats = ingest.bean(DoorFormats.class);
    for (Door door : ingest.beans(Door.class)) {
      for (String path : door.paths()) {
        long before = newestId();
        String filled = path.replace("{version}", "v25.0").replaceAll("\\{[A-Za-z]+}", "1");
        ingest.post("/" + filled + "?access_token=" + RunningIngest.WRITE_KEY, "{");
        if (newestId() > before) {
          assertThat(formats.of(newest().event().door())).as(path).isPresent();
        }
      }
    }
  }

  private KeptEvent newest() {
    return table.find(newestId()).orElseThrow();
  }

  private long newestId() {
    return jdbc.sql("select coalesce(max(id), 0) from rejected_event").query(Long.class).single();
  }

  private long keep(RejectedEvent event, String body) {
    table.add(List.of(changed(event, event.reason(), body)));
    return newestId();
  }

  private static RejectedEvent changed(RejectedEvent event, String reason, String body) {
    return new RejectedEvent(
        event.source(),
        event.door(),
        event.receivedAt(),
        event.field(),
        reason,
        body.getBytes(UTF_8),
        event.whole(),
        event.request());
  }

  private List<String> fields(String query) {
    return ingest
        .get("/v1/rejected-events" + query, RunningIngest.ADMIN_KEY)
        .body()
        .path("data")
        .valueStream()
        .map(one -> one.path("field").stringValue())
        .toList();
  }

  private Answer replay(long id) {
    return post("/v1/rejected-events/" + id + "/replay", "");
  }

  private Answer post(String path, String body) {
    return ingest.post(
        path,
        body.getBytes(UTF_8),
        Map.of(
            "Authorization",
            "Bearer " + RunningIngest.ADMIN_KEY,
            "Content-Type",
            "application/json"));
  }
}
