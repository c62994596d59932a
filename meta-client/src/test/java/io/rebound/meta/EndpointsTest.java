package io.rebound.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.meta.Catalog.ItemRequest;
import io.rebound.meta.Catalog.Method;
import io.rebound.meta.CustomAudiences.Audience;
import io.rebound.meta.CustomAudiences.Received;
import io.rebound.meta.CustomAudiences.Rows;
import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphOutcome.RetryLater;
import io.rebound.meta.MessageTemplates.TemplateState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EndpointsTest {
  private final ScriptedMeta meta = new ScriptedMeta(Clock.systemUTC());
  private final GraphClient graph = meta.client();

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void events_go_in_one_request_as_they_were_written() {
    meta.answers(200, "{\"events_received\":2,\"messages\":[],\"fbtrace_id\":\"Ap1\"}");

    var outcome =
        new ConversionsApi(graph).send("1000000001", List.of("{\"a\":1}", "{\"b\":2}"), Map.of());

    assertThat(outcome)
        .isEqualTo(new Done<>(new ConversionsApi.EventsReceived(2, List.of(), "Ap1")));
    assertThat(meta.asked.getFirst().body()).isEqualTo("{\"data\":[{\"a\":1},{\"b\":2}]}");
  }

  @Test
  void what_a_request_says_beside_its_events_stands_beside_them() {
    meta.answers(200, "{\"events_received\":1,\"messages\":[],\"fbtrace_id\":\"Ap1\"}");

    new ConversionsApi(graph)
        .send("1000000001", List.of("{}"), Map.of("test_event_code", "TEST\"1"));

    assertThat(meta.asked.getFirst().body())
        .isEqualTo("{\"data\":[{}],\"test_event_code\":\"TEST\\\"1\"}");
  }

  @Test
  void an_audience_is_found_by_its_exact_name_on_any_page_of_the_list() {
    meta.answers(
            200,
            """
            {"data":[{"id":"1","name":"Champions old"}],
             "paging":{"cursors":{"after":"c1"},"next":"https://graph.example/next"}}\
            """)
        .answers(
            200, "{\"data\":[],\"paging\":{\"cursors\":{\"after\":\"c2\"},\"next\":\"https://x\"}}")
        .answers(200, "{\"data\":[{\"id\":\"2\",\"name\":\"Champions\"}],\"paging\":{}}");

    assertThat(new CustomAudiences(graph).findByName("act_2000000002", "Champions"))
        .isEqualTo(new Done<>(Optional.of(new Audience("2", "Champions"))));
    assertThat(meta.asked.get(1).uri().getQuery()).contains("after=c1");
    assertThat(meta.asked.get(2).uri().getQuery()).contains("after=c2");
  }

  @Test
  void an_audience_that_nobody_finds_is_empty_and_an_outage_is_not() {
    var audiences = new CustomAudiences(graph);
    meta.answers(200, "{\"data\":[]}").answers(500, ScriptedMeta.error(1, 0));

    assertThat(audiences.findByName("act_2", "Nobody")).isEqualTo(new Done<>(Optional.empty()));
    assertThat(audiences.findByName("act_2", "Nobody")).isInstanceOf(RetryLater.class);
  }

  @Test
  void people_are_added_and_removed_in_sessions_of_their_own() {
    meta.answers(200, "{\"audience_id\":\"6\",\"session_id\":\"9\",\"num_received\":1}");
    var rows = new Rows(List.of("EMAIL", "COUNTRY"), List.of(List.of("ab", "cd")));

    assertThat(new CustomAudiences(graph).add("act_2", "6001", rows))
        .isEqualTo(new Done<>(new Received(1, 0)));
    new CustomAudiences(graph).remove("act_2", "6001", rows);

    assertThat(meta.asked).extracting(ScriptedMeta.Asked::method).containsExactly("POST", "DELETE");
    JsonNode body = JsonMapper.shared().readTree(meta.asked.get(1).body());
    assertThat(body.at("/payload/schema/0").asString()).isEqualTo("EMAIL");
    assertThat(body.at("/payload/data/0/1").asString()).isEqualTo("cd");
    assertThat(body.at("/session/last_batch_flag").asBoolean()).isTrue();
    assertThat(body.at("/session/session_id").asLong()).isPositive();
    assertThat(rows.toString()).doesNotContain("ab");
  }

  @Test
  void an_audience_is_created_for_customer_files() {
    meta.answers(200, "{\"id\":\"6001234567890\"}");

    assertThat(new CustomAudiences(graph).create("act_2", "Rebound champions", "by Rebound"))
        .isEqualTo(new Done<>("6001234567890"));
    assertThat(meta.asked.getFirst().body())
        .contains("\"subtype\":\"CUSTOM\"", "\"customer_file_source\":\"USER_PROVIDED_ONLY\"");
  }

  @Test
  void catalogue_items_are_sent_and_asked_for() {
    meta.answers(
            200,
            """
            {"handles":["Acz"],"validation_status":[
              {"retailer_id":"S9","errors":[{"message":"A required field is missing"}],"warnings":[]}]}\
            """)
        .answers(
            200,
            """
            {"data":[{"handle":"Acz","status":"finished","errors_total_count":1,
              "warnings_total_count":0,"ids_of_invalid_requests":["S9"]}]}\
            """);
    var catalog = new Catalog(graph);

    var accepted =
        catalog.itemsBatch(
            "3000000003", List.of(new ItemRequest(Method.DELETE, Map.of("id", "S9"))), true);
    var status = catalog.status("3000000003", "Acz");

    assertThat(accepted)
        .isEqualTo(
            new Done<>(
                new Catalog.Accepted(
                    Optional.of("Acz"),
                    List.of(
                        new Catalog.ItemProblem(
                            "S9", List.of("A required field is missing"), List.of())))));
    assertThat(status)
        .isEqualTo(new Done<>(new Catalog.BatchStatus("finished", 1, 0, List.of("S9"))));
    assertThat(meta.asked.getFirst().body()).contains("\"method\":\"DELETE\"");
  }

  @Test
  void a_template_message_gives_the_id_its_statuses_will_carry() {
    meta.answers(200, "{\"contacts\":[],\"messages\":[{\"id\":\"wamid.1\"}]}");

    var outcome =
        new WhatsAppMessages(graph)
            .sendTemplate(
                "4000000004",
                "+4915112345678",
                new WhatsAppMessages.Template("cart_reminder", "de", List.of()),
                "intent-1");

    assertThat(outcome).isEqualTo(new Done<>(new WhatsAppMessages.Accepted("wamid.1", "accepted")));
    JsonNode body = JsonMapper.shared().readTree(meta.asked.getFirst().body());
    assertThat(body.at("/template/language/code").asString()).isEqualTo("de");
    assertThat(body.at("/biz_opaque_callback_data").asString()).isEqualTo("intent-1");
    assertThat(outcome.toString()).doesNotContain("wamid");
  }

  @Test
  void templates_are_found_by_exact_name_and_created() {
    meta.answers(
            200,
            """
            {"data":[{"id":"1","name":"cart_old","language":"de","status":"APPROVED"},
             {"id":"2","name":"cart","language":"de","status":"APPROVED","category":"MARKETING"}]}\
            """)
        .answers(200, "{\"id\":\"3\",\"status\":\"PENDING\",\"category\":\"MARKETING\"}");
    var templates = new MessageTemplates(graph);

    assertThat(templates.find("5000000005", "cart"))
        .isEqualTo(
            new Done<>(List.of(new TemplateState("2", "cart", "de", "APPROVED", "MARKETING"))));
    assertThat(templates.create("5000000005", Map.of("name", "cart", "language", "en")))
        .isEqualTo(new Done<>(new TemplateState("3", "cart", "en", "PENDING", "MARKETING")));
  }

  @Test
  void only_an_id_comes_into_a_path() {
    assertThatThrownBy(() -> new ConversionsApi(graph).send("1/../2", List.of("{}"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
