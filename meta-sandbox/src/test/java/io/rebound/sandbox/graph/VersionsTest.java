package io.rebound.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import org.junit.jupiter.api.Test;

class VersionsTest {
  private final Caller meta = Sandboxes.fresh();

  @Test
  void a_marketing_call_needs_a_version() {
    Reply reply = meta.get("/act_2000000002/customaudiences");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("code").asInt()).isEqualTo(2500);
  }

  @Test
  void versions_that_are_not_served_are_told_apart() {
    assertThat(code("/v99999999999.0/me")).isEqualTo(2500);
    assertThat(code("/v27.0/me")).isEqualTo(2500);
    assertThat(code("/v22.0/me")).isEqualTo(2635);
    assertThat(meta.get("/v24.0/act_2000000002/customaudiences").header("X-Ad-Api-Version-Warning"))
        .isEqualTo("The call has been auto-upgraded to v25.0 as v24.0 has been deprecated");
  }

  private int code(String path) {
    return meta.get(path).error().path("code").asInt();
  }
}
