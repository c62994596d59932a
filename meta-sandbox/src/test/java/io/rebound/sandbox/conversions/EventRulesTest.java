package io.rebound.sandbox.conversions;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.Sandboxes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EventRulesTest {
  private final Caller meta = Sandboxes.fresh();

  // subcodes: public connectors' fixtures and live logs; the parameter at fault as a path
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"event_name":""}                                      | 2804001 | ["event_name"]
          {"event_time":"yesterday"}                             | 2804019 | ["event_time"]
          {"action_source":"web"}                                | 2804019 | ["action_source"]
          {"user_data":{}}                                       | 2804050 | ["user_data"]
          {"user_data":{"em":[""]}}                              | 2804050 | ["user_data"]
          {"user_data":{"client_user_agent":"Mozilla"}}          | 2804050 | ["user_data"]
          {"user_data":{"ct":"x","country":"x","st":"x","zp":"x","ge":"x"}} | 2804050 | ["user_data"]
          {"user_data":{"db":"x","client_user_agent":"Mozilla"}} | 2804050 | ["user_data"]
          {"user_data":{"fn":"x","ge":"x"}}                      | 2804050 | ["user_data"]
          {"user_data":{"ln":"x","ge":"x"}}                      | 2804050 | ["user_data"]
          {"custom_data":{}}                                     | 2804009 | ["custom_data","value"]
          {"custom_data":{"value":"much","currency":"EUR"}}      | 2804009 | ["custom_data","value"]
          {"custom_data":{"value":1}}                            | 2804023 | ["custom_data","currency"]
          {"custom_data":{"value":1,"currency":"EURO"}}          | 2804019 | ["custom_data","currency"]
          {"custom_data":{"value":1,"currency":"EUR","contents":[{"quantity":1}]}} | 2804008 | ["custom_data","contents"]
          {"event_name":"Lead","custom_data":{"value":"much"}}   | 2804019 | ["custom_data","value"]
          {"action_source":"app","app_data":{"extinfo":["a2"]}}  | 2804043 | ["app_data","extinfo"]
          {"data_processing_options":"LDU"}                      | 2804019 | ["data_processing_options"]
          {"data_processing_options":["GDPR"]}                   | 2804019 | ["data_processing_options"]
          {"data_processing_options":["LDU"]}                    | 2804019 | ["data_processing_options_country"]
          {"data_processing_options":["LDU"],"data_processing_options_country":2} | 2804019 | ["data_processing_options_country"]
          {"data_processing_options":["LDU"],"data_processing_options_country":1} | 2804019 | ["data_processing_options_state"]
          {"data_processing_options":["LDU"],"data_processing_options_country":1,"data_processing_options_state":1014} | 2804019 | ["data_processing_options_state"]
          """)
  void a_wrong_event_is_refused_with_its_subcode_and_the_parameter_at_fault(
      String changes, int subcode, String blamed) {
    Reply reply = Events.post(meta, Events.purchase(), Events.purchase(changes));

    assertThat(reply.status()).isEqualTo(400);
    JsonNode error = reply.error();
    assertThat(error.path("code").asInt()).isEqualTo(100);
    assertThat(error.path("error_subcode").asInt()).isEqualTo(subcode);
    assertThat(error.path("is_transient").asBoolean(true)).isFalse();
    assertThat(error.path("error_user_title").asString()).isNotBlank();
    assertThat(error.path("error_data").path("blame_field_specs").path(0)).hasToString(blamed);
    assertThat(stats().path("received").asInt()).isZero();
    assertThat(stats().path("refused_requests").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"user_data":{"fn":"x","ln":"x"}}
          {"user_data":{"client_ip_address":"192.0.2.1","client_user_agent":"Mozilla"}}
          {"user_data":{"fbp":"fb.1.1795400000000.1116446470"}}
          {"user_data":{"lead_id":4711}}
          {"custom_data":{"value":"29.9","currency":"eur"}}
          {"event_name":"PageView","custom_data":{}}
          {"data_processing_options":[]}
          {"data_processing_options":["LDU"],"data_processing_options_country":0,"data_processing_options_state":0}
          {"data_processing_options":["LDU"],"data_processing_options_country":1,"data_processing_options_state":1013}
          """)
  void what_meta_takes_is_taken(String changes) {
    Reply reply = Events.post(meta, Events.purchase(changes));

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  @Test
  void limited_data_use_is_shown() {
    Events.post(
        meta,
        Events.purchase(
            """
            {"event_id":"limited","data_processing_options":["LDU"],
             "data_processing_options_country":1,"data_processing_options_state":1000}
            """),
        Events.purchase("{\"event_id\":\"free\",\"data_processing_options\":[]}"));

    JsonNode limited = shown("limited");
    assertThat(limited.path("limited_data_use").asBoolean()).isTrue();
    assertThat(limited.path("data_processing_options").path(0).asString()).isEqualTo("LDU");
    assertThat(limited.path("data_processing_options_state").asInt()).isEqualTo(1000);
    assertThat(shown("free").has("limited_data_use")).isFalse();
  }

  @Test
  void a_time_out_of_bounds_is_answered_as_live_without_a_parameter() {
    Reply reply = Events.post(meta, Events.purchase("{\"event_time\":1}"));

    assertThat(reply.error().path("error_user_title").asString())
        .isEqualTo("Event Timestamp Too Old");
    assertThat(reply.error().has("error_data")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"em":"mary@example.com"}                    | unhashed:em
          {"ph":["+4930901820"]}                       | unhashed:ph
          {"em":"F1904CF1A9D73A55FA5DE0AC823C4403DED71AFD4C3248D00BDCD0866552BB79"} | uppercase_hash:em
          {"em":"d41d8cd98f00b204e9800998ecf8427e"}    | md5:em
          {"fbc":"IwAR0AbCdEf"}                        | malformed:fbc
          {"fbc":"fb.1.1795467400.IwAR0AbCdEf"}        | malformed:fbc
          {"fbp":"1116446470"}                         | malformed:fbp
          {"client_ip_address":"192.0.2.1, 10.0.0.1"}  | malformed:client_ip_address
          {"client_ip_address":"6689854c94ca5454b76be6752c562901a985f64c9a946f62976aeab593b83161"} | hashed:client_ip_address
          """)
  void what_cannot_match_is_taken_noted_and_never_matches(String userData, String noted) {
    Reply reply =
        Events.post(
            meta, Events.purchase("{\"event_id\":\"odd\",\"user_data\":%s}".formatted(userData)));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(shown("odd").path("diagnostics").path(0).asString()).isEqualTo(noted);
    assertThat(shown("odd").path("match_keys")).isEmpty();
    assertThat(stats().path("unmatchable").asInt()).isEqualTo(1);
    assertThat(stats().path("diagnostics").path(noted).asInt()).isEqualTo(1);
  }

  @Test
  void the_marks_of_metas_parameter_builder_are_no_flaw() {
    Events.post(
        meta,
        Events.purchase(
            """
            {"event_id":"marked","user_data":{"em":"%s.AQMCAQMA",
             "client_ip_address":"2001:db8::1.AQMCAQMA","fbc":"fb.1.1795467400123.IwAR0.AQMCAQMA"}}
            """
                .formatted(Events.EMAIL)));

    assertThat(shown("marked").path("match_keys")).hasSize(3);
    assertThat(shown("marked").has("diagnostics")).isFalse();
  }

  @Test
  void a_parameter_at_the_wrong_place_is_noted() {
    Events.post(
        meta,
        Events.purchase("{\"event_id\":\"odd\",\"test_event_code\":\"TEST7\",\"email\":\"x\"}"));

    assertThat(shown("odd").path("diagnostics").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder("unknown:test_event_code", "unknown:email");
  }

  @Test
  void a_strict_sandbox_refuses_what_only_the_documentation_demands() {
    try (var sandbox =
        MetaSandbox.start(
            Map.of(
                "server.port",
                0,
                "sandbox.journal",
                "",
                "sandbox.conversions.hashing-required",
                true,
                "sandbox.conversions.web-details-required",
                true))) {
      var strict = new Caller(sandbox.baseUrl());
      String details =
          "\"event_source_url\":\"https://shop.example/\",\"user_data\":{\"client_user_agent\":\"Mozilla\",\"em\":\"%s\"}";

      assertThat(blamed(strict, "{%s}".formatted(details.formatted("mary@example.com"))))
          .isEqualTo("[\"user_data\",\"em\"]");
      assertThat(blamed(strict, "{}")).isEqualTo("[\"event_source_url\"]");
      assertThat(blamed(strict, "{\"event_source_url\":\"https://shop.example/\"}"))
          .isEqualTo("[\"user_data\",\"client_user_agent\"]");
      Reply good =
          Events.post(strict, Events.purchase("{%s}".formatted(details.formatted(Events.EMAIL))));
      assertThat(good.status()).as(good.text()).isEqualTo(200);
      assertThat(strict.get("/_sandbox/events/stats").json().path("received").asInt()).isEqualTo(1);
    }
  }

  @Test
  void a_purchase_in_a_shop_counts_once_in_seven_days_by_its_own_key() {
    long time = Events.now() - 3600;
    String shop =
        "{\"event_id\":\"%s\",\"event_time\":%d,\"action_source\":\"physical_store\",\"custom_data\":{\"value\":5,\"currency\":\"EUR\"%s}}";
    String order = ",\"order_id\":\"4711\",\"item_number\":\"%d\"";
    Events.post(meta, Events.purchase(shop.formatted("a", time, order.formatted(1))));

    Events.post(
        meta,
        Events.purchase(shop.formatted("b", time, order.formatted(1))), // the same
        Events.purchase(shop.formatted("a", time, order.formatted(2))), // its second item
        Events.purchase(shop.formatted("a", time, "")), // told by the person
        Events.purchase(shop.formatted("c", time, ""))); // the same again

    assertThat(stats().path("unique").asInt()).isEqualTo(3);
    meta.put("/_sandbox/clock", "{\"offset_seconds\":%d}".formatted(7 * 86400 - 60));
    Events.post(meta, Events.purchase(shop.formatted("a", time, "")));
    assertThat(stats().path("unique").asInt()).isEqualTo(3);
    meta.put("/_sandbox/clock", "{\"offset_seconds\":%d}".formatted(7 * 86400 + 60));
    Events.post(meta, Events.purchase(shop.formatted("a", time, "")));
    assertThat(stats().path("unique").asInt()).isEqualTo(4);
  }

  private static String blamed(Caller strict, String changes) {
    Reply reply = Events.post(strict, Events.purchase(changes));
    return reply.error().path("error_data").path("blame_field_specs").path(0).toString();
  }

  private JsonNode shown(String eventId) {
    return meta.get("/_sandbox/events?event_id=" + eventId).json().path("data").path(0);
  }

  private JsonNode stats() {
    return meta.get("/_sandbox/events/stats").json();
  }
}
