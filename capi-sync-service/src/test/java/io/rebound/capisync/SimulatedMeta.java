package io.rebound.capisync;

import io.rebound.sandbox.MetaSandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox, and what a test asks it. */
public final class SimulatedMeta {
  static final String TOKEN = "an-access-token-of-the-tests";
  static final String OTHER_TOKEN = "another-access-token-of-the-tests";
  static final String APP_SECRET = "an-app-secret-of-the-tests";
  static final String DATASET = "1000000001";
  static final String AD_ACCOUNT = "act_2000000002";

  private final MetaSandbox sandbox =
      MetaSandbox.start(
          Map.of(
              "server.port",
              0,
              "sandbox.journal",
              "",
              "sandbox.tokens[0]",
              TOKEN,
              "sandbox.tokens[1]",
              OTHER_TOKEN,
              "sandbox.app-secret",
              APP_SECRET,
              "sandbox.proof-required",
              true));
  private final HttpClient http = HttpClient.newHttpClient();

  URI baseUrl() {
    return sandbox.baseUrl();
  }

  /** The event as Meta has it; missing if it doesn't. */
  public JsonNode event(String eventId) {
    return json("/_sandbox/events?event_id=" + eventId).path("data").path(0);
  }

  /** How often the event was sent. */
  public int deliveries(String eventId) {
    return event(eventId).path("deliveries").asInt(0);
  }

  /** The ids of the audiences of that segment. */
  public List<String> audiences(String segment) {
    return json("/_sandbox/audiences")
        .path("data")
        .valueStream()
        .filter(audience -> audience.path("name").asString().equals("Rebound " + segment))
        .map(audience -> audience.path("id").asString())
        .toList();
  }

  /** Who is in the segment's audience, by all their keys, in the order of the keys. */
  public List<String> members(String segment) {
    return audiences(segment).stream()
        .flatMap(id ->
            json("/_sandbox/audiences/" + id + "/members?limit=1000").path("data").valueStream())
        .map(JsonNode::toString)
        .toList();
  }

  /** The e-mail hashes of everybody in the segment's audience, in order. */
  public List<String> emails(String segment) {
    return audiences(segment).stream()
        .flatMap(id ->
            json("/_sandbox/audiences/" + id + "/members?limit=1000").path("data").valueStream())
        .flatMap(member -> member.path("EMAIL").valueStream())
        .map(JsonNode::asString)
        .sorted()
        .toList();
  }

  /** From now on these calls fail so; see the sandbox's description of its rules. */
  public void faults(String... rules) {
    send(
        HttpRequest.newBuilder(at("/_sandbox/faults"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("[" + String.join(",", rules) + "]")));
  }

  /** How often the first of the faults struck. */
  public int struck() {
    return json("/_sandbox/faults").path("rules").path(0).path("hits").asInt();
  }

  /** How often any of the faults struck. */
  public int struckAny() {
    return json("/_sandbox/faults")
        .path("rules")
        .valueStream()
        .mapToInt(rule -> rule.path("hits").asInt())
        .sum();
  }

  private JsonNode json(String path) {
    return JsonMapper.shared().readTree(send(HttpRequest.newBuilder(at(path))));
  }

  private URI at(String path) {
    return URI.create(baseUrl() + path);
  }

  private String send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(response.body());
      }
      return response.body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
