package io.rebound.capisync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who replaced a token, and who saw what of a person went to Meta. */
class AuditTest {
  private final RunningCapiSync capiSync = RunningCapiSync.get();

  @Test
  void a_new_token_is_audited_and_a_refused_one_is_not() {
    int before = audit("?action=token.rotated&limit=1000").size();

    capiSync.put("/v1/tokens/default", "{\"token\":\"two words\"}");
    capiSync.put("/v1/tokens/unknown", "{\"token\":\"some\"}");
    capiSync.put("/v1/tokens/default", "{\"token\":\"" + SimulatedMeta.TOKEN + "\"}");

    JsonNode rotations = audit("?action=token.rotated&limit=1000");
    assertThat(rotations.size()).isEqualTo(before + 1);
    assertThat(rotations.path(0).path("actor").asString()).isEqualTo("tests");
    assertThat(rotations.path(0).path("subject").path("id").asString()).isEqualTo("default");
    assertThat(everythingKept()).noneMatch(row -> row.contains(SimulatedMeta.TOKEN));
  }

  @Test
  void a_look_at_an_events_delivery_is_a_look_at_its_person() {
    String order = "order-" + UUID.randomUUID();
    var shopper = new Shopper(capiSync);
    shopper.buys(order);
    await().atMost(Duration.ofSeconds(20)).until(() -> !capiSync.delivery(order).isMissingNode());
    String nothing = "nothing-" + UUID.randomUUID();
    capiSync.delivery(nothing);

    assertThat(audit("?action=delivery.read&limit=1").path(0).path("subject").has("id")).isFalse();
    assertThat(audit("?action=delivery.read&subject=person:" + shopper.id).path(0).path("actor"))
        .hasToString("\"tests\"");
    assertThat(everythingKept()).noneMatch(row -> row.contains(nothing) || row.contains(order));
    assertThat(capiSync.get("/v1/audit/verify").body()).contains("\"intact\":true");
  }

  private List<String> everythingKept() {
    return capiSync
        .bean(JdbcClient.class)
        .sql("select e::text from audit_entry e")
        .query(String.class)
        .list();
  }

  private JsonNode audit(String query) {
    return JsonMapper.shared().readTree(capiSync.get("/v1/audit" + query).body()).path("data");
  }
}
