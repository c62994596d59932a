package io.rebound.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FaultsSchemaTest {
  private final Caller meta = Sandboxes.fresh();
  private final Reply served = meta.get("/_sandbox/faults/schema");
  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(served.text(), InputFormat.JSON);

  @AfterEach
  void end_faults() {
    meta.put("/_sandbox/faults", "[]");
  }

  @Test
  void every_documented_example_is_accepted() {
    List<JsonNode> examples = served.json().path("examples").valueStream().toList();

    assertThat(examples).hasSizeGreaterThan(15);
    assertThat(examples)
        .allSatisfy(example -> {
          assertThat(schema.validate(example.toString(), InputFormat.JSON)).isEmpty();
          Reply reply = meta.put("/_sandbox/faults", example.toString());
          assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        });
  }

  @Test
  void everything_a_rule_can_do_is_documented() {
    JsonNode documented = served.json().path("$defs").path("effect").path("properties");

    assertThat(documented.propertyNames()).containsExactlyInAnyOrderElementsOf(EffectReader.FIELDS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"status":500,"percent":101}]                  | rules[0].percent
          [{"status":500,"percent":"10"}]                 | rules[0].percent
          [{"status":500},{"status":500,"times":-1}]      | rules[1].times
          [{"status":500,"time":1}]                       | rules[0].time
          [{"status":99}]                                 | rules[0].status
          [{"status":500,"method":5}]                     | rules[0].method
          [{"hang_ms":600001}]                            | rules[0].hang_ms
          [{"hang":"yes"}]                                | rules[0].hang
          [{"latency_ms":{"min":5}}]                      | rules[0].latency_ms.max
          [{"latency_ms":{"max":5,"mean":3}}]             | rules[0].latency_ms.mean
          [{"effect":{"status":500,"times":1}}]           | rules[0].effect.times
          [{"effect":{"status":500},"reset":true}]        | rules[0].reset
          [{"error":{"code":"2"}}]                        | rules[0].error.code
          [{"html":5}]                                    | rules[0].html
          [{"status":500,"headers":{"X-A":1}}]            | rules[0].headers.X-A
          [{"throttle":{"hours":1}}]                      | rules[0].throttle.hours
          [{"truncate_body":-1}]                          | rules[0].truncate_body
          [{"events_received_short":0}]                   | rules[0].events_received_short
          [{"status":500,"for_seconds":0}]                | rules[0].for_seconds
          [{"expire_token":""}]                           | rules[0].expire_token
          [{"expire_token":"t","times":1}]                | rules[0].times
          [{"fail_later":"131026"}]                       | rules[0].fail_later
          [{"fail_later":131026,"status":500}]            | rules[0].status
          [{"path":"/events$"}]                           | rules[0]
          [5]                                             | rules[0]
          {"rules":[],"seeds":1}                          | faults.seeds
          {"rules":5}                                     | faults.rules
          """)
  void a_wrong_rule_is_refused_naming_the_field(String rules, String field) {
    meta.put("/_sandbox/faults", "[{\"status\":418}]");

    Reply reply = meta.put("/_sandbox/faults", rules);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("message").asString()).startsWith(field + " ");
    assertThat(schema.validate(rules, InputFormat.JSON)).isNotEmpty();
    assertThat(meta.get("/_sandbox/faults").json().path("rules")).hasSize(1); // the old ones stay
  }

  @Test
  void a_path_that_is_no_regular_expression_is_refused() {
    Reply reply = meta.put("/_sandbox/faults", "[{\"path\":\"(\",\"status\":500}]");

    assertThat(reply.error().path("message").asString()).startsWith("rules[0].path ");
  }
}
