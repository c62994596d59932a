package io.rebound.sandbox.audiences;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Speaks to a sandbox about audiences; people are given by words that become hashed addresses. */
record AudiencesCaller(Caller meta) {
  Reply creating(String name) {
    return meta.post(
        "/v26.0/act_2000000002/customaudiences",
        "{\"name\":\"%s\",\"subtype\":\"CUSTOM\",\"customer_file_source\":\"USER_PROVIDED_ONLY\"}"
            .formatted(name));
  }

  String create() {
    return creating("seg-1").json().path("id").asString();
  }

  /** An audience with people in it. */
  String createWith(String... people) {
    String id = create();
    add(id, people);
    return id;
  }

  Reply add(String id, String... people) {
    return meta.post(users(id), "{\"payload\":" + payload(people) + "}");
  }

  Reply remove(String id, String... people) {
    return meta.delete(users(id), "{\"payload\":" + payload(people) + "}");
  }

  Reply replace(String id, long session, int sequence, String more, String... people) {
    return meta.post(
        "/v26.0/" + id + "/usersreplace",
        "{\"session\":{\"session_id\":%d,\"batch_seq\":%d%s},\"payload\":%s}"
            .formatted(session, sequence, more, payload(people)));
  }

  JsonNode shown(String id) {
    return meta.get(
            "/v26.0/"
                + id
                + "?fields=approximate_count_lower_bound,operation_status,delivery_status,"
                + "fields_violating_integrity_policy")
        .json();
  }

  int status(String id) {
    return shown(id).path("operation_status").path("code").asInt();
  }

  /** The hashed addresses of the members. */
  List<String> members(String id) {
    return meta.get("/_sandbox/audiences/" + id + "/members?limit=1000")
        .json()
        .path("data")
        .valueStream()
        .map(member -> member.path("EMAIL").path(0).asString())
        .toList();
  }

  Reply befalls(String id, String condition) {
    return meta.put("/_sandbox/audiences/" + id, condition);
  }

  void clockMovesTo(Duration offset) {
    meta.put("/_sandbox/clock", "{\"offset_seconds\":%d}".formatted(offset.toSeconds()));
  }

  static String[] people(int count) {
    return IntStream.range(0, count).mapToObj(i -> "person-" + i).toArray(String[]::new);
  }

  static String[] hashes(String... people) {
    return Arrays.stream(people).map(Sandboxes::sha256).toArray(String[]::new);
  }

  static String users(String id) {
    return "/v26.0/" + id + "/users";
  }

  static String payload(String... people) {
    return Arrays.stream(people)
        .map(person -> "[\"" + Sandboxes.sha256(person) + "\"]")
        .collect(Collectors.joining(",", "{\"schema\":[\"EMAIL\"],\"data\":[", "]}"));
  }
}
