package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.platform.Contacts.Contact;
import io.rebound.quickstart.Ports;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Brings contact data to every door there is, rightly and wrongly, and keeps the refusals. */
final class EveryDoor {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String DATASET = "1000000001";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Installation installation;
  private final Ports ports;
  private final Contacts contacts;
  private final List<String> refusals = new ArrayList<>();

  EveryDoor(Installation installation, Contacts contacts) {
    this.installation = installation;
    this.ports = installation.ports();
    this.contacts = contacts;
  }

  /** What doors said when they refused something. */
  List<String> refusals() {
    return refusals;
  }

  /** Who is to be advertised to and written to, before anybody comes. */
  void prepare() {
    admin(
        "PUT",
        ports.segmentation(),
        "/v1/segments/viewers",
        """
        {"description": "Looked at something", "audience": true,
         "when": {"event": "ViewContent", "within": "30d", "count": {"gte": 1}}}
        """);
    sandbox(
        "/v26.0/5000000005/message_templates",
        """
        {"name": "cart_waits", "language": "en", "category": "MARKETING", "parameter_format": "POSITIONAL",
         "components": [{"type": "BODY", "text": "Hello {{1}}, your cart is waiting.",
                         "example": {"body_text": [["Ada"]]}}]}
        """);
    // these customers buy what is in their carts within the second, and are to be written to all
    // the same
    admin(
        "PUT",
        ports.whatsapp(),
        "/v1/triggers/cart-waits",
        """
        {"event": "AddToCart", "unless": ["Subscribe"], "after": "1s", "enabled": true,
         "template": "cart_waits", "language": "en", "parameters": ["first_name"],
         "fallbacks": {"first_name": "there"}}
        """);
  }

  /** Segment's format: right, wrong, and with contact data where they don't belong. */
  void track() {
    post(ports.ingest(), "/v1/batch", batch(this::visits));
    post(ports.ingest(), "/v1/batch", batch(this::mistakes));
    post(
        ports.ingest(),
        "/v1/track",
        "{\"event\": \"Broken\", \"userId\": \"" + contacts.get(1).email(0));
    for (Contact one : contacts.all().subList(0, 3)) {
      String query =
          "?writeKey=%s&event=Mail+Opened&messageId=pixel-%d&userId=%s&context.traits.phone=%s"
              .formatted(
                  installation.writeKey(),
                  one.index(),
                  encoded(one.email(1)),
                  encoded(one.phone(3)));
      send(HttpRequest.newBuilder(at(ports.ingest(), "/pixel/v1/track" + query)).GET());
    }
  }

  private String batch(Function<Contact, List<Map<String, Object>>> messages) {
    return JSON.writeValueAsString(
        Map.of(
            "batch",
            contacts.all().stream().flatMap(one -> messages.apply(one).stream()).toList()));
  }

  private List<Map<String, Object>> visits(Contact one) {
    int i = one.index();
    String browser = "browser-" + i;
    String user = i % 3 == 0 ? one.email(i) : "customer-" + i; // an address is often a user's id
    Map<String, Object> context =
        Map.of(
            "traits",
            Map.of("email", one.email(i + 1), "phone", one.phone(i + 1)),
            "page",
            Map.of(
                "url", "https://shop.example/welcome?email=" + encoded(one.email(0)),
                "referrer", "https://mail.example/?to=" + encoded(one.email(0)),
                "search", "?mail=" + one.email(0),
                "title", "Welcome " + one.email(0)));
    return List.of(
        Map.of(
            "type",
            "page",
            "messageId",
            "page-" + i,
            "anonymousId",
            browser,
            "context",
            context,
            "properties",
            Map.of("url", "https://shop.example/?phone=" + encoded(one.phone(0)))),
        Map.of(
            "type",
            "identify",
            "messageId",
            "identify-" + i,
            "userId",
            user,
            "anonymousId",
            browser,
            "traits",
            Map.of(
                "email",
                one.email(i),
                "phone",
                one.phone(i),
                "firstName",
                "Ada",
                "address",
                Map.of("street", "for " + one.email(0)))),
        Map.of(
            "type",
            "track",
            "event",
            "Product Viewed",
            "messageId",
            "view-" + i,
            "userId",
            user,
            "context",
            context,
            "properties",
            Map.of(
                "product_id",
                "sku-1",
                "price",
                9.9,
                "currency",
                "EUR",
                "name",
                "Gift for " + one.email(2).strip(),
                "note",
                "please call " + one.phone(2))),
        Map.of(
            "type",
            "track",
            "event",
            "Product Added",
            "messageId",
            "cart-" + i,
            "userId",
            user,
            "properties",
            Map.of(
                "product_id",
                "sku-1",
                "price",
                9.9,
                "currency",
                "EUR",
                "coupon",
                one.phone(0),
                "category",
                one.email(0))),
        Map.of(
            "type",
            "group",
            "messageId",
            "group-" + i,
            "userId",
            user,
            "groupId",
            one.email(3),
            "traits",
            Map.of("email", one.email(3))),
        Map.of(
            "type",
            "alias",
            "messageId",
            "alias-" + i,
            "userId",
            user,
            "previousId",
            one.email(2).strip()));
  }

  private List<Map<String, Object>> mistakes(Contact one) {
    int i = one.index();
    Map<String, Object> traits =
        Map.of("traits", Map.of("email", one.email(i), "phone", one.phone(i)));
    return List.of(
        Map.of(
            "type",
            "track",
            "messageId",
            "nameless-" + i,
            "userId",
            one.email(i),
            "context",
            traits),
        Map.of(
            "type",
            "track",
            "event",
            "Order Completed",
            "messageId",
            "priceless-" + i,
            "userId",
            one.email(0),
            "context",
            traits,
            "properties",
            Map.of("total", one.phone(i), "currency", one.email(0))),
        Map.of(
            "type",
            "identify",
            "messageId",
            "timeless-" + i,
            "userId",
            "u",
            "traits",
            Map.of("email", one.email(i)),
            "timestamp",
            one.email(i)),
        Map.of("type", one.email(i), "messageId", "typeless-" + i, "userId", "u"),
        Map.of(
            "type",
            "identify",
            "messageId",
            "phoneless-" + i,
            "userId",
            one.email(i),
            "traits",
            Map.of("phone", one.email(i), "email", one.phone(i))));
  }

  /** Meta's format, in the three manners of its clients. */
  void serverEvents() {
    List<String> events =
        contacts.all().stream()
            .map(one ->
                """
                {"event_name": "Purchase", "event_time": %d, "event_id": "meta-%d", "action_source": "website",
                 "event_source_url": "https://shop.example/thanks?email=%s",
                 "user_data": {"em": ["%s", "%s"], "ph": ["%s"], "client_user_agent": "Mozilla/5.0",
                               "client_ip_address": "203.0.113.9", "external_id": ["%s"]},
                 "custom_data": {"currency": "EUR", "value": 19.9, "order_id": "order-%d",
                                 "content_name": "for %s"}}
                """
                    .formatted(
                        Instant.now().getEpochSecond(),
                        one.index(),
                        encoded(one.email(0)),
                        one.email(one.index()),
                        sha256(one.email().toLowerCase(Locale.ROOT)),
                        sha256("49" + one.number()),
                        one.email(1),
                        one.index(),
                        one.email(0)))
            .toList();
    String data = "{\"data\": " + events + "}";
    post(ports.ingest(), "/v1/events", data);
    post(
        ports.ingest(),
        "/v26.0/" + DATASET + "/events?access_token=" + installation.writeKey(),
        data);
    post(
        ports.ingest(),
        "/capi/" + DATASET + "/events",
        "{\"accessKey\": \"" + installation.writeKey() + "\", \"data\": " + events + "}");
    Contact one = contacts.get(2);
    for (String wrong :
        List.of(
            "{\"data\": [{\"event_name\": \"Purchase\", \"event_time\": \"%s\"}]}",
            "{\"data\": [{\"event_name\": \"Purchase\", \"user_data\": {\"em\": {\"is\": \"%s\"}}}]}",
            "{\"data\": [{\"event_name\": \"%s\", \"event_time\": 1, \"user_data\": {}}]}",
            "{\"data\": \"%s\"}",
            "{\"data\": [{\"event_name\": \"%s\"")) {
      post(ports.ingest(), "/v1/events", wrong.formatted(one.email(0)));
    }
  }

  /** Files: offline purchases, and both histories. */
  void imports() {
    String rows =
        contacts.all().stream()
            .map(one ->
                "%s,Purchase,%s,EUR,till-%d,%s,%s"
                    .formatted(
                        Instant.now().minusSeconds(3600),
                        one.index() % 5 == 0 ? one.email(0) : "19.90", // a value that is none
                        one.index(),
                        one.email(one.index()).strip(),
                        one.phone(one.index())))
            .collect(Collectors.joining("\n"));
    file("offline-events", "event_time,event_name,value,currency,order_id,email,phone\n" + rows);
    file(
        "segment-events",
        contacts.all().stream()
            .map(one ->
                "{\"type\":\"track\",\"event\":\"Order Completed\",\"messageId\":\"old-%d\",\"userId\":\"%s\",\"timestamp\":\"%s\"}"
                    .formatted(
                        one.index(),
                        one.email(one.index()),
                        one.index() % 4 == 0 ? one.phone(0) : "2026-01-01T00:00:00Z"))
            .collect(Collectors.joining("\n")));
  }

  private void file(String kind, String text) {
    send(
        HttpRequest.newBuilder(at(ports.ingest(), "/v1/imports/" + kind))
            .header("Authorization", "Bearer " + installation.writeKey())
            .header(
                "Content-Type", kind.startsWith("offline") ? "text/csv" : "application/x-ndjson")
            .POST(BodyPublishers.ofString(text)));
  }

  /** What customers write themselves. */
  void whatsapp() {
    for (Contact one : contacts.all().subList(0, 5)) {
      String from = "{\"from\": \"+49" + one.number() + "\", ";
      sandbox("/_sandbox/whatsapp/inbound", from + "\"text\": \"I am " + one.email(0) + "\"}");
    }
    Contact last = contacts.all().getLast();
    sandbox(
        "/_sandbox/whatsapp/inbound",
        "{\"from\": \"+49" + last.number() + "\", \"type\": \"stop\"}");
    post(ports.whatsapp(), "/webhooks/whatsapp", "{\"unsigned\": \"" + last.email(0) + "\"}");
  }

  /** Who looks for somebody, rightly and wrongly. Returns how many were found. */
  int lookups() {
    int found = 0;
    for (Contact one : contacts.all()) {
      int i = one.index();
      found += admin("GET", ports.identity(), "/v1/persons?email=" + encoded(one.email(i)), "");
      found += admin("GET", ports.identity(), "/v1/persons?phone=" + encoded(one.phone(i)), "");
      found +=
          admin(
              "POST",
              ports.identity(),
              "/v1/persons/lookup",
              JSON.writeValueAsString(Map.of("type", "email", "value", one.email(i + 2))));
    }
    Contact one = contacts.get(3);
    String email = encoded(one.email(0));
    for (String wrong :
        List.of(
            "/v1/persons?mail=" + email,
            "/v1/persons/" + email,
            "/v1/persons?phone=" + email,
            "/v1/persons?email=" + encoded(one.phone(0)),
            "/v1/audit?subject=" + email,
            "/v1/audit?action=" + email,
            "/v1/audit?from=" + email,
            "/v1/audit?after=" + email)) {
      admin("GET", ports.identity(), wrong, "");
    }
    admin(
        "POST",
        ports.identity(),
        "/v1/persons/lookup",
        "{\"type\": \"email\", \"value\": \"" + one.email(0));
    admin(
        "POST",
        ports.identity(),
        "/v1/persons/lookup",
        "{\"type\": \"" + one.email(0) + "\", \"value\": \"x\"}");
    admin("GET", ports.capiSync(), "/v1/disclosures?person_id=" + email, "");
    admin("GET", ports.segmentation(), "/v1/persons/" + email, "");
    admin("GET", ports.ingest(), "/v1/rejected-events?limit=100", "");
    for (int port :
        List.of(
            ports.ingest(),
            ports.identity(),
            ports.segmentation(),
            ports.capiSync(),
            ports.catalogFeed(),
            ports.whatsapp())) {
      admin("GET", port, "/nothing/" + email, "");
      admin("GET", port, "/v1/nothing?of=" + email, "");
      admin("PUT", port, "/v1/audit", "{\"of\": \"" + one.email(0) + "\"}");
    }
    return found;
  }

  /** What persons say and ask for by way of an operator, rightly and wrongly. */
  void requests() {
    for (Contact one : contacts.all().subList(0, 4)) {
      int i = one.index();
      String identifier = JSON.writeValueAsString(Map.of("type", "email", "value", one.email(i)));
      admin(
          "PUT",
          ports.identity(),
          "/v1/consents",
          "{\"identifier\": " + identifier + ", \"consents\": {\"messaging\": false}}");
      admin(
          "PUT",
          ports.identity(),
          "/v1/consents",
          "{\"identifier\": "
              + identifier
              + ", \"consents\": {\"ads\": true}, \"proof\": {\"reference\": \""
              + one.email(i)
              + "\"}}");
      admin(
          "POST",
          ports.identity(),
          "/v1/privacy/requests",
          "{\"type\": \"access\", \"identifier\": " + identifier + "}");
      admin(
          "POST",
          ports.identity(),
          "/v1/privacy/requests",
          "{\"type\": \"" + one.email(i) + "\", \"identifier\": " + identifier + "}");
    }
    Contact last = contacts.all().getLast();
    admin(
        "POST",
        ports.identity(),
        "/v1/privacy/requests",
        "{\"type\": \"erasure\", \"identifier\": {\"type\": \"phone\", \"value\": \""
            + last.phone(0)
            + "\"}}");
    admin("GET", ports.identity(), "/v1/privacy/requests/" + encoded(last.email(0)), "");
  }

  /** What has come to Meta's simulator. */
  JsonNode sandboxHolds(String path) {
    return JSON.readTree(
        send(HttpRequest.newBuilder(at(ports.sandbox(), path))
                .header("Authorization", "Bearer demo-meta-token")
                .GET())
            .body());
  }

  private void sandbox(String path, String json) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(at(ports.sandbox(), path))
                .header("Authorization", "Bearer demo-meta-token")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + " answered " + answer.body());
    }
  }

  private void post(int port, String path, String json) {
    send(
        HttpRequest.newBuilder(at(port, path))
            .header("Authorization", "Bearer " + installation.writeKey())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private int admin(String method, int port, String path, String json) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(at(port, path))
                .header("Authorization", "Bearer " + installation.adminKey())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
    return answer.statusCode() == 200 ? 1 : 0;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 400) {
        refusals.add(answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
      }
      return answer;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static URI at(int port, String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
