package io.rebound.sandbox.audiences;

import static io.rebound.sandbox.audiences.AudiencesCaller.hashes;
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

/** What befalls audiences without their owner's doing. */
class AudienceConditionTest {
  private final AudiencesCaller meta = new AudiencesCaller(Sandboxes.fresh());

  @Test
  void without_the_terms_no_audience_is_created_or_changed() {
    String id = meta.createWith("a");

    terms(false);

    assertTermsMissing(meta.creating("seg-2"));
    assertTermsMissing(meta.add(id, "b"));
    assertTermsMissing(meta.remove(id, "a"));
    assertTermsMissing(meta.replace(id, 7, 1, "", "b"));
    assertTermsMissing(meta.meta().post("/v26.0/" + id, "{\"name\":\"seg-9\"}"));
    assertThat(account().path("tos_accepted").has("custom_audience_tos")).isFalse();

    terms(true);
    assertThat(meta.add(id, "b").status()).isEqualTo(200);
    assertThat(account().path("tos_accepted").path("custom_audience_tos").asInt()).isEqualTo(1);
  }

  @Test
  void without_the_terms_removing_a_person_everywhere_silently_does_nothing() {
    String id = meta.createWith("a");
    String everywhere = "/v26.0/act_2000000002/usersofanyaudience";
    String payload = "{\"payload\":" + AudiencesCaller.payload("a") + "}";
    terms(false);

    assertThat(meta.meta().delete(everywhere, payload).status()).isEqualTo(200);
    assertThat(meta.members(id)).containsExactly(hashes("a"));
    terms(true);
    meta.meta().delete(everywhere, payload);
    assertThat(meta.members(id)).isEmpty();
  }

  @Test
  void the_terms_may_be_open_from_the_start() {
    try (MetaSandbox untouched =
        MetaSandbox.start(
            Map.of(
                "server.port",
                0,
                "sandbox.journal",
                "",
                "sandbox.audiences.terms-accepted",
                false))) {
      assertTermsMissing(new AudiencesCaller(new Caller(untouched.baseUrl())).creating("seg-1"));
    }
  }

  @Test
  void a_flagged_audience_takes_nobody_and_can_not_be_edited() {
    String id = meta.createWith("a");

    meta.befalls(id, "{\"fields_violating_integrity_policy\":[\"name\"]}");

    JsonNode shown = meta.shown(id);
    assertThat(shown.path("operation_status").path("code").asInt()).isEqualTo(471);
    assertThat(shown.path("delivery_status").path("code").asInt()).isGreaterThanOrEqualTo(400);
    assertThat(shown.path("fields_violating_integrity_policy").path(0).asString())
        .isEqualTo("name");
    assertError(meta.add(id, "b"), 100, 1713230);
    assertError(meta.replace(id, 7, 1, "", "b"), 100, 1713230);
    assertError(meta.meta().post("/v26.0/" + id, "{\"name\":\"seg-9\"}"), 100, 1713228);
    assertThat(meta.members(id)).containsExactly(hashes("a"));

    meta.befalls(id, "{}");
    assertThat(meta.add(id, "b").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"shared,false,1487301", "deleted,true,1487366"})
  void an_audience_that_is_not_the_accounts_takes_nobody(String what, String value, int code) {
    String id = meta.createWith("a");

    meta.befalls(id, "{\"%s\":%s}".formatted(what, value));

    assertThat(meta.add(id, "b").error().path("code").asInt()).isEqualTo(code);
    assertThat(meta.members(id)).containsExactly(hashes("a"));
  }

  @Test
  void an_audience_shows_the_operation_status_it_is_given() {
    String id = meta.createWith("a");

    meta.befalls(id, "{\"operation_status\":470}");

    assertThat(meta.status(id)).isEqualTo(470);
    Reply unknown = meta.befalls(id, "{\"operation_status\":999}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(meta.status(id)).isEqualTo(470);
    assertThat(meta.befalls("1", "{}").status()).isEqualTo(404);
  }

  private void terms(boolean accepted) {
    meta.meta().put("/_sandbox/terms", "{\"custom_audience_tos\":%s}".formatted(accepted));
  }

  private JsonNode account() {
    return meta.meta().get("/v26.0/act_2000000002?fields=tos_accepted").json();
  }

  private static void assertTermsMissing(Reply reply) {
    assertThat(reply.status()).isEqualTo(403);
    assertError(reply, 200, 1870090);
    assertThat(reply.error().path("error_user_title").asString())
        .isEqualTo("Custom Audience Terms Not Accepted");
  }

  private static void assertError(Reply reply, int code, int subcode) {
    assertThat(reply.error().path("code").asInt()).isEqualTo(code);
    assertThat(reply.error().path("error_subcode").asInt()).isEqualTo(subcode);
  }
}
