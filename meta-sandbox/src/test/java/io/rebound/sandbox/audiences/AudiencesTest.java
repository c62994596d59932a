package io.rebound.sandbox.audiences;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AudiencesTest {
  private static final String AUDIENCES = "/v26.0/act_2000000002/customaudiences";

  private final Caller meta = Sandboxes.fresh();

  @Test
  void a_new_audience_waits_for_its_first_upload() {
    String id = create("seg-1");

    JsonNode shown =
        meta.get("/v26.0/" + id + "?fields=name,operation_status,delivery_status").json();
    assertThat(shown.path("id").asString()).isEqualTo(id);
    assertThat(shown.path("name").asString()).isEqualTo("seg-1");
    assertThat(shown.path("operation_status").path("code").asInt()).isEqualTo(410);
    assertThat(shown.path("delivery_status").path("code").asInt()).isEqualTo(300);
    assertThat(meta.get("/v26.0/" + id).json().propertyNames()).containsExactly("id");
  }

  @Test
  void an_audience_needs_to_say_where_its_people_come_from() {
    Reply reply = meta.post(AUDIENCES, "{\"name\":\"seg-1\",\"subtype\":\"CUSTOM\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("code").asInt()).isEqualTo(100);
  }

  @Test
  void audiences_are_listed_page_by_page() {
    IntStream.range(0, 3).forEach(i -> create("seg-" + i));

    JsonNode first = meta.get(AUDIENCES + "?fields=id,name&limit=2").json();
    assertThat(first.path("data")).hasSize(2);
    URI next = URI.create(first.path("paging").path("next").asString());
    JsonNode second = meta.get(next.getRawPath() + "?" + next.getRawQuery()).json();
    assertThat(second.path("data").path(0).path("name").asString()).isEqualTo("seg-2");
    assertThat(second.path("paging").has("next")).isFalse();
  }

  @Test
  void an_audience_is_renamed_and_deleted() {
    String id = create("seg-1");
    assertThat(meta.post("/v26.0/" + id, "{\"name\":\"seg-9\"}").json().path("success").asBoolean())
        .isTrue();
    assertThat(meta.get("/v26.0/" + id + "?fields=name").json().path("name").asString())
        .isEqualTo("seg-9");

    assertThat(meta.delete("/v26.0/" + id, null).json().path("success").asBoolean()).isTrue();
    JsonNode gone = meta.get("/v26.0/" + id).error();
    assertThat(gone.path("code").asInt()).isEqualTo(100);
    assertThat(gone.path("error_subcode").asInt()).isEqualTo(33);
  }

  @Test
  void rows_that_share_a_key_are_one_member() {
    String id = create("seg-1");
    add(id, row("a", "1"), row("b", ""), row("", "2"));
    assertThat(size(id)).isEqualTo(3);

    add(id, row("a", "3"));
    assertThat(size(id)).isEqualTo(3);
    add(id, row("b", "2"));
    assertThat(size(id)).isEqualTo(2);
  }

  @Test
  void removing_a_row_removes_all_who_share_any_of_its_keys() {
    String id = create("seg-1");
    add(id, row("a", "1"), row("b", "2"), row("c", "3"));

    Reply reply = remove(id, row("a", "2"), row("nobody", ""));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("num_received").asInt()).isEqualTo(2);
    assertThat(members(id)).containsExactly(member("c", "3"));
  }

  @Test
  void what_many_share_tells_nobody_apart() {
    String id = create("seg-1");
    String payload =
        """
        {"payload":{"schema":["EMAIL","COUNTRY"],"data":[["%s","%s"],["%s","%s"]]}}\
        """
            .formatted(hash("a"), hash("de"), hash("b"), hash("de"));
    meta.post(users(id), payload);
    assertThat(size(id)).isEqualTo(2);

    meta.delete(
        users(id),
        """
        {"payload":{"schema":["EMAIL","COUNTRY"],"data":[["%s","%s"]]}}\
        """
            .formatted(hash("a"), hash("de")));
    assertThat(size(id)).isEqualTo(1);
  }

  @Test
  void badly_hashed_values_are_counted_and_sampled() {
    String id = create("seg-1");

    Reply reply =
        meta.post(
            users(id),
            """
            {"payload":{"schema":"EMAIL_SHA256","data":["mary@example.com","%s",["%s"],""]}}\
            """
                .formatted(hash("a").toUpperCase(java.util.Locale.ROOT), hash("b")));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("num_received").asInt()).isEqualTo(4);
    assertThat(reply.json().path("num_invalid_entries").asInt()).isEqualTo(3);
    assertThat(reply.json().path("invalid_entry_samples").path("0").asString())
        .isEqualTo("mary@example.com");
    assertThat(size(id)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schema\":[\"EMAIL\",\"SHOE_SIZE\"],\"data\":[[\"\",\"\"]]}",
        "{\"schema\":[\"EMAIL\",\"PHONE\"],\"data\":[[\"\"]]}",
        "{\"schema\":[\"EMAIL\",\"PHONE\"],\"data\":[\"x\"]}",
        "{\"schema\":[\"EMAIL\",\"LOOKALIKE_VALUE\"],\"data\":[[\"\",\"1\"]]}",
        "{\"schema\":[\"EMAIL\"],\"data\":[]}",
        "{\"data\":[\"x\"]}",
      })
  void a_payload_that_makes_no_sense_is_refused(String payload) {
    Reply reply = meta.post(users(create("seg-1")), "{\"payload\":" + payload + "}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("code").asInt()).isEqualTo(100);
  }

  @Test
  void ten_thousand_rows_are_taken_and_one_more_is_refused() {
    String id = create("seg-1");
    assertThat(meta.post(users(id), rows(10_000)).json().path("num_received").asInt())
        .isEqualTo(10_000);
    assertThat(meta.post(users(id), rows(10_001)).error().path("code").asInt()).isEqualTo(100);

    JsonNode shown =
        meta.get(
                "/v26.0/"
                    + id
                    + "?fields=approximate_count_lower_bound,approximate_count_upper_bound,operation_status")
            .json();
    assertThat(shown.path("approximate_count_lower_bound").asLong()).isBetween(9_000L, 10_000L);
    assertThat(shown.path("approximate_count_upper_bound").asLong()).isBetween(10_001L, 13_000L);
    assertThat(shown.path("operation_status").path("code").asInt()).isEqualTo(200);
  }

  @Test
  void a_session_counts_on_and_ends_with_its_last_batch() {
    String id = create("seg-1");
    String batch =
        """
        {"session":{"session_id":77,"batch_seq":%d,"last_batch_flag":%s},\
        "payload":{"schema":["EMAIL"],"data":[["%s"]]}}\
        """;
    meta.post(users(id), batch.formatted(1, false, hash("a")));

    Reply last = meta.post(users(id), batch.formatted(2, true, hash("b")));
    assertThat(last.json().path("num_received").asInt()).isEqualTo(2);
    assertThat(last.json().path("session_id").asString()).isEqualTo("77");
    assertThat(meta.post(users(id), batch.formatted(2, true, hash("b"))).status()).isEqualTo(200);
    assertThat(meta.post(users(id), batch.formatted(3, false, hash("c"))).status()).isEqualTo(400);
    assertThat(size(id)).isEqualTo(2);
  }

  @Test
  void a_removal_may_come_as_a_post_or_with_its_payload_in_the_query() {
    String id = create("seg-1");
    add(id, row("a", "1"), row("b", "2"));
    String one = "{\"schema\":[\"EMAIL\"],\"data\":[[\"" + hash("a") + "\"]]}";
    String two = one.replace(hash("a"), hash("b"));

    meta.form(users(id), "method=DELETE&payload=" + encoded(one));
    assertThat(size(id)).isEqualTo(1);
    meta.delete(users(id) + "?payload=" + encoded(two), null);
    assertThat(size(id)).isZero();
  }

  @Test
  void a_person_can_be_removed_from_all_audiences() {
    String one = create("seg-1");
    String two = create("seg-2");
    add(one, row("a", ""), row("b", ""));
    add(two, row("a", ""));

    Reply reply = meta.delete("/v26.0/act_2000000002/usersofanyaudience", payload(row("a", "")));

    assertThat(reply.json().path("num_received").asInt()).isEqualTo(1);
    assertThat(size(one)).isEqualTo(1);
    assertThat(size(two)).isZero();
  }

  @Test
  void members_are_shown_sorted_and_page_by_page() {
    String id = create("seg-1");
    IntStream.range(0, 5).forEach(i -> add(id, row("p" + i, "")));

    JsonNode first = meta.get("/_sandbox/audiences/" + id + "/members?limit=3").json();
    JsonNode second =
        meta.get(
                "/_sandbox/audiences/"
                    + id
                    + "/members?limit=3&after="
                    + first.path("next").asString())
            .json();

    assertThat(first.path("data")).hasSize(3);
    assertThat(second.path("data")).hasSize(2);
    assertThat(second.has("next")).isFalse();
    assertThat(first.path("data").valueStream().map(JsonNode::toString).toList()).isSorted();
    assertThat(meta.get("/_sandbox/audiences/1/members").status()).isEqualTo(404);
  }

  private String create(String name) {
    return meta.post(
            AUDIENCES,
            """
            {"name":"%s","subtype":"CUSTOM","customer_file_source":"USER_PROVIDED_ONLY"}\
            """
                .formatted(name))
        .json()
        .path("id")
        .asString();
  }

  private void add(String id, String... rows) {
    assertThat(meta.post(users(id), payload(rows)).status()).isEqualTo(200);
  }

  private Reply remove(String id, String... rows) {
    return meta.delete(users(id), payload(rows));
  }

  private int size(String id) {
    return meta.get("/_sandbox/audiences")
        .json()
        .path("data")
        .valueStream()
        .filter(one -> one.path("id").asString().equals(id))
        .findFirst()
        .orElseThrow()
        .path("size")
        .asInt();
  }

  private java.util.List<String> members(String id) {
    return meta.get("/_sandbox/audiences/" + id + "/members")
        .json()
        .path("data")
        .valueStream()
        .map(JsonNode::toString)
        .toList();
  }

  private static String member(String email, String phone) {
    return "{\"EMAIL\":[\"%s\"],\"PHONE\":[\"%s\"]}".formatted(hash(email), hash(phone));
  }

  private static String users(String id) {
    return "/v26.0/" + id + "/users";
  }

  private static String payload(String... rows) {
    return "{\"payload\":{\"schema\":[\"EMAIL\",\"PHONE\"],\"data\":["
        + String.join(",", rows)
        + "]}}";
  }

  private static String row(String email, String phone) {
    return "[\"%s\",\"%s\"]".formatted(hash(email), hash(phone));
  }

  private static String rows(int count) {
    return payload(
        IntStream.range(0, count)
            .mapToObj(i -> row("many" + i, ""))
            .collect(Collectors.joining(",")));
  }

  private static String hash(String text) {
    return text.isEmpty() ? "" : Sandboxes.sha256(text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
