package io.rebound.ingest.intake;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.sources.Source;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What must be kept of a request beside an event of it, so that the event can be understood later
 * as it would have been then: path, caller's address, the headers that formats read, Meta's
 * cookies, and what the body says about all its events. Keys are left out.
 */
public final class KeptRequest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> HEADERS =
      List.of("User-Agent", "Referer", "AnonymousId", "SentAt", "Accept-Language", "Content-Type");
  private static final List<String> COOKIES = List.of("_fbp", "_fbc");
  private static final Set<String> KEYS = Set.of("writeKey", "access_token", "accessKey");

  private KeptRequest() {}

  /** As JSON; personal data. */
  public static byte[] of(Arrival arrival) {
    ObjectNode kept = JSON.createObjectNode();
    DoorRequest request = arrival.request();
    if (request != null) {
      kept.put("path", request.path());
      kept.put("client_address", request.clientAddress());
      HEADERS.forEach(name -> put(kept.withObject("headers"), name, request.header(name)));
      COOKIES.forEach(name -> put(kept.withObject("cookies"), name, request.cookie(name)));
    }
    if (arrival.envelope().json() instanceof ObjectNode envelope && !envelope.isEmpty()) {
      kept.set("envelope", envelope.deepCopy().remove(KEYS));
    }
    return JSON.writeValueAsBytes(kept);
  }

  /**
   * The arrival as it was, as far as it was kept.
   *
   * @param kept null for an event from before requests were kept
   */
  public static Arrival arrival(
      Source source, String door, Instant receivedAt, byte @Nullable [] kept) {
    JsonNode json = kept == null ? JSON.createObjectNode() : JSON.readTree(kept);
    String path = json.path("path").asString("v1/" + door);
    HttpHeaders headers = new DefaultHttpHeaders();
    json.path("headers")
        .properties()
        .forEach(header -> headers.set(header.getKey(), header.getValue().asString()));
    List<String> cookies =
        json.path("cookies").properties().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue().asString())
            .toList();
    if (!cookies.isEmpty()) {
      headers.set("Cookie", String.join("; ", cookies));
    }
    String address = json.path("client_address").asString(null);
    var request =
        new DoorRequest(path, "/" + path, headers, new byte[0], false, address, receivedAt);
    return new Arrival(source, door, receivedAt, request, new Fields(json.path("envelope")));
  }

  private static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}
