package io.rebound.sandbox.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.serverside.ActionSource;
import com.facebook.ads.sdk.serverside.CAPIGatewayEndpoint;
import com.facebook.ads.sdk.serverside.Event;
import com.facebook.ads.sdk.serverside.UserData;
import io.rebound.sandbox.Caller;
import io.rebound.sandbox.MetaSandbox;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Wherever a call may have its token, that finds the tenant; the call is answered as ever. */
class TokenPlacesTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static MetaSandbox sandbox;

  private final Suite suite = Suite.of(sandbox, "one");
  private final Suite other = Suite.of(sandbox, "two");
  private final Caller demo = new Caller(sandbox.baseUrl());
  private final Caller anybody = demo.withToken(null);

  @BeforeAll
  static void start() {
    sandbox = MetaSandbox.start(Map.of("server.port", 0));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void fresh() {
    for (Caller caller : List.of(suite.caller(), other.caller(), demo)) {
      caller.post("/_sandbox/reset", "{}");
    }
  }

  @Test
  void in_the_header() throws Exception {
    for (String scheme : List.of("Bearer", "bearer", "OAuth")) {
      send(
          request(Suite.EVENTS)
              .header("Authorization", scheme + " " + suite.token())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(Suite.purchase("order-" + scheme)))
              .build(),
          200);
    }

    onlyTheSuiteReceived(3);
  }

  @Test
  void in_the_query() {
    anybody.post(Suite.EVENTS + "?access_token=" + suite.token(), Suite.purchase("order-1"));

    onlyTheSuiteReceived(1);
  }

  @Test
  void in_a_json_body() {
    ObjectNode body = (ObjectNode) JSON.readTree(Suite.purchase("order-1"));

    anybody.post(Suite.EVENTS, body.put("access_token", suite.token()).toString());

    onlyTheSuiteReceived(1);
  }

  @Test
  void in_a_form() {
    anybody.form(Suite.EVENTS, "data=" + encoded(data()) + "&access_token=" + suite.token());

    onlyTheSuiteReceived(1);
  }

  @Test
  void in_a_part_of_several() throws Exception {
    String boundary = UUID.randomUUID().toString();
    String body =
        part(boundary, "access_token", suite.token())
            + part(boundary, "data", data())
            + "--"
            + boundary
            + "--\r\n";

    send(
        request(Suite.EVENTS)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        200);

    onlyTheSuiteReceived(1);
  }

  @Test
  void in_the_calls_of_a_batch() {
    String batch =
        """
        [{"method": "POST", "relative_url": "v26.0/act_2000000002/customaudiences",
          "access_token": "%s", "body": "name=Buyers&subtype=CUSTOM&customer_file_source=USER_PROVIDED_ONLY"},
         {"method": "GET", "relative_url": "v26.0/act_2000000002/customaudiences?access_token=%s"}]
        """
            .formatted(suite.token(), other.token());

    Caller.Reply reply = anybody.form("/", "batch=" + encoded(batch));

    assertThat(reply.json().path(0).path("code").asInt()).isEqualTo(200);
    assertThat(reply.json().path(1).path("code").asInt()).as("another tenant's").isEqualTo(401);
    assertThat(suite.shown("audiences")).hasSize(1);
    assertThat(demo.get("/_sandbox/audiences").json().path("data")).isEmpty();
  }

  @Test
  void as_the_gateways_key() throws Exception {
    var gateway = new CAPIGatewayEndpoint(sandbox.baseUrl().toString(), suite.token());

    gateway.sendEvent(
        new APIContext("unused"),
        "1000000001",
        List.of(
            new Event()
                .eventName("Lead")
                .eventId("lead-1")
                .actionSource(ActionSource.website)
                .eventTime(Clock.systemUTC().instant().getEpochSecond())
                .userData(new UserData().email("ada@shop.example"))));
    ObjectNode body = (ObjectNode) JSON.readTree(Suite.purchase("order-1"));
    demo.post("/capi/1000000001/events", body.put("accessKey", suite.token()).toString());

    onlyTheSuiteReceived(2);
  }

  @Test
  void a_header_names_the_tenant_where_nothing_else_does() throws Exception {
    suite.sells("order-1");

    String mine = inspect("one", 200);
    String usual = inspect("default", 200);
    String nobodys = inspect("three", 404);

    assertThat(mine).contains("\"received\":1");
    assertThat(usual).contains("\"received\":0");
    assertThat(nobodys).contains("\"status\":404", "\"field\":\"name\"");
  }

  @Test
  void a_body_that_can_not_be_read_is_refused_as_ever() {
    Caller.Reply reply = anybody.post(Suite.EVENTS, "{\"access_token\":");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("message").asString())
        .isEqualTo("(#100) The request body is not valid JSON");
    assertThat(anybody.form(Suite.EVENTS, "batch=[{&data=x").error().path("code").asInt())
        .isEqualTo(104);
    onlyTheSuiteReceived(0);
  }

  private String inspect(String tenant, int status) throws Exception {
    return send(
        request("/_sandbox/events/stats").header("X-Sandbox-Tenant", tenant).build(), status);
  }

  private void onlyTheSuiteReceived(int events) {
    assertThat(suite.received()).isEqualTo(events);
    assertThat(other.received()).isZero();
    assertThat(demo.get("/_sandbox/events/stats").json().path("received").asInt()).isZero();
  }

  private static String data() {
    return JSON.readTree(Suite.purchase("order-1")).path("data").toString();
  }

  private static String part(String boundary, String name, String value) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(boundary, name, value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path));
  }

  private static String send(HttpRequest request, int status)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return answer.body();
    }
  }
}
