package io.rebound.sandbox.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.Sandboxes;
import java.time.Clock;
import tools.jackson.databind.JsonNode;

/** A test suite that has a tenant of its own; it does what shops do, always with the same ids. */
record Suite(String name, String token, String secret, Caller caller) {
  static final String AUDIENCES = "/v26.0/act_2000000002/customaudiences";
  static final String EVENTS = "/v26.0/1000000001/events";

  /** Asks for a tenant, which is there or is made. */
  static Suite of(MetaSandbox sandbox, String name) {
    return of(sandbox, name, "{}");
  }

  static Suite of(MetaSandbox sandbox, String name, String settings) {
    var anybody = new Caller(sandbox.baseUrl());
    Reply reply = anybody.put("/_sandbox/tenants/" + name, settings);
    assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
    JsonNode told = reply.json();
    String token = told.path("token").asString();
    return new Suite(name, token, told.path("app_secret").asString(), anybody.withToken(token));
  }

  String sells(String order) {
    Reply reply = caller.post(EVENTS, purchase(order));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return order;
  }

  static String purchase(String order) {
    return """
    {"data": [{"event_name": "Purchase", "event_time": %d, "event_id": "%s",
      "action_source": "website", "user_data": {"em": ["%s"]},
      "custom_data": {"value": 9.9, "currency": "EUR"}}]}
    """
        .formatted(
            Clock.systemUTC().instant().getEpochSecond(),
            order,
            Sandboxes.sha256("ada@shop.example"));
  }

  /** An audience; its id, which begins anew with every tenant. */
  String audience(String audienceName) {
    Reply reply =
        caller.post(
            AUDIENCES,
            """
            {"name": "%s", "subtype": "CUSTOM", "customer_file_source": "USER_PROVIDED_ONLY"}
            """
                .formatted(audienceName));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("id").asString();
  }

  void offers(String item, String title) {
    Reply reply =
        caller.post(
            "/v26.0/3000000003/items_batch",
            """
            {"item_type": "PRODUCT_ITEM", "requests": [{"method": "CREATE", "data": {
              "id": "%s", "title": "%s", "description": "Dries fast", "condition": "new",
              "availability": "in stock", "price": "29.90 EUR", "brand": "Alder",
              "link": "https://shop.example/1", "image_link": "https://shop.example/1.jpg"}}]}
            """
                .formatted(item, title));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  void hears(String text) {
    Reply reply =
        caller.post(
            "/_sandbox/whatsapp/inbound",
            "{\"from\": \"+4915112345678\", \"text\": \"" + text + "\"}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  /** How many events Meta's side has. */
  int received() {
    return caller.get("/_sandbox/events/stats").json().path("received").asInt();
  }

  JsonNode shown(String path) {
    return caller.get("/_sandbox/" + path).json().path("data");
  }
}
