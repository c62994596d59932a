package io.rebound.sandbox.page;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Sandboxes;

/** What a shop sends to Meta, for the tests of what is shown of it. */
record Shop(Caller caller) {
  static final String EMAIL = "anna@example.com";

  void sells(String eventId) {
    caller.post(
        "/v26.0/1000000001/events",
        """
        {"data": [{"event_name": "Purchase", "event_time": %d, "event_id": "%s", "action_source": "website",
          "event_source_url": "https://shop.example/thanks", "user_data": {"em": ["%s"],
          "client_ip_address": "203.0.113.7", "client_user_agent": "Mozilla/5.0"},
          "custom_data": {"value": 49.9, "currency": "EUR"}}]}
        """
            .formatted(now(), eventId, Sandboxes.sha256(EMAIL)));
  }

  /** An audience with members; its id. */
  String audience(String name, int members) {
    String id =
        caller
            .post(
                "/v26.0/act_2000000002/customaudiences",
                """
                {"name": "%s", "subtype": "CUSTOM", "customer_file_source": "USER_PROVIDED_ONLY"}
                """
                    .formatted(name))
            .json()
            .path("id")
            .asString();
    upload(id, members);
    return id;
  }

  void upload(String audience, int members) {
    var rows = new StringBuilder();
    for (int i = 0; i < members; i++) {
      rows.append(i == 0 ? "" : ",").append("[\"%s\"]".formatted(Sandboxes.sha256("p" + i)));
    }
    caller.post(
        "/v26.0/" + audience + "/users",
        "{\"payload\": {\"schema\": [\"EMAIL\"], \"data\": [" + rows + "]}}");
  }

  void offers(String id, String title, String price) {
    caller.post(
        "/v26.0/3000000003/items_batch",
        """
        {"item_type": "PRODUCT_ITEM", "allow_upsert": true, "requests": [{"method": "UPDATE", "data": {"id": "%s",
          "title": "%s", "description": "Dries fast", "condition": "new", "availability": "in stock", "price": "%s",
          "brand": "Alder", "link": "https://shop.example/1", "image_link": "https://shop.invalid/1.jpg"}}]}
        """
            .formatted(id, title, price));
  }

  void hears(String from, String text) {
    caller.post(
        "/_sandbox/whatsapp/inbound", "{\"from\": \"%s\", \"text\": \"%s\"}".formatted(from, text));
  }

  private long now() {
    return java.time.Instant.parse(caller.get("/_sandbox/clock").json().path("now").asString())
        .getEpochSecond();
  }
}
