package io.rebound.sandbox.conversions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.serverside.ActionSource;
import com.facebook.ads.sdk.serverside.CAPIGatewayEndpoint;
import com.facebook.ads.sdk.serverside.CustomData;
import com.facebook.ads.sdk.serverside.Event;
import com.facebook.ads.sdk.serverside.UserData;
import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class GatewayTest {
  private static final String PATH = "/capi/1000000001/events";

  private final Caller meta = Sandboxes.fresh();

  @AfterEach
  void end_faults() {
    meta.put("/_sandbox/faults", "[]");
  }

  @Test
  void the_official_sdks_gateway_class_works_as_it_is() throws APIException {
    var event =
        new Event()
            .eventName("Purchase")
            .eventId("ord-1")
            .eventTime(Events.now())
            .actionSource(ActionSource.website)
            .userData(new UserData().externalId("user-42").clientUserAgent("Mozilla/5.0"))
            .customData(new CustomData().currency("EUR").value(29.9f));

    // throws unless the answer is 202
    new CAPIGatewayEndpoint(meta.base().toString(), "demo-meta-token")
        .sendEvent(new APIContext("unused"), "1000000001", List.of(event));

    JsonNode shown = meta.get("/_sandbox/events?event_id=ord-1").json().path("data").path(0);
    assertThat(shown.path("event_name").asString()).isEqualTo("Purchase");
    assertThat(shown.path("custom_data").path("currency").asString()).isEqualTo("EUR");
  }

  @Test
  void an_event_that_came_through_the_gateway_counts_once() {
    ObjectNode purchase = Events.purchase("{\"event_id\":\"ord-1\"}");

    Reply reply = through("demo-meta-token", purchase);
    Events.post(meta, purchase);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().path("events_received").asInt()).isEqualTo(1);
    assertThat(meta.get("/_sandbox/events/stats").json().path("unique").asInt()).isEqualTo(1);
  }

  @Test
  void a_wrong_key_or_event_is_refused() {
    assertThat(through("another", Events.purchase()).status()).isEqualTo(401);
    Reply withoutKey = meta.post(PATH, Events.body(Events.purchase()).toString());
    assertThat(withoutKey.status()).isEqualTo(401); // a token in the header is none
    Reply wrong = through("demo-meta-token", Events.purchase("{\"user_data\":{}}"));
    assertThat(wrong.error().path("error_subcode").asInt()).isEqualTo(2804050);
    assertThat(meta.get("/_sandbox/events/stats").json().path("received").asInt()).isZero();
  }

  @Test
  void the_gateway_has_nothing_but_events() {
    String body = "{\"accessKey\":\"demo-meta-token\"}";

    assertThat(meta.post("/capi/1000000001/users", body).error().path("code").asInt())
        .isEqualTo(2500);
    assertThat(meta.post("/capi/7/events", body).error().path("error_subcode").asInt())
        .isEqualTo(33);
    assertThat(meta.post("/capi/1000000001", body).status()).isEqualTo(400);
  }

  @Test
  void the_gateway_may_fail_on_demand() {
    meta.put("/_sandbox/faults", "[{\"path\":\"^/capi/\",\"status\":502,\"html\":true}]");
    var gateway = new CAPIGatewayEndpoint(meta.base().toString(), "demo-meta-token");

    assertThatThrownBy(() ->
            gateway.sendEvent(
                new APIContext("unused"), "1000000001", List.of(new Event().eventName("Lead"))))
        .hasMessageContaining("502");
  }

  private Reply through(String key, ObjectNode... events) {
    return meta.withToken("demo-meta-token")
        .post(PATH, Events.body(events).put("accessKey", key).toString());
  }
}
