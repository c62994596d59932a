package io.rebound.sandbox.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.MetaSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Tenants and what they had are there again after the process was killed. */
class SurvivingTenantsTest {
  private static final Map<String, Object> CONFIGURED =
      Map.of(
          "sandbox.tenants.at-start[0].name", "nightly",
          "sandbox.tenants.at-start[0].token", "nightly-token",
          "sandbox.tenants.at-start[0].app-secret", "nightly-secret",
          "sandbox.tenants.at-start[0].profile", "lifelike");

  @TempDir Path scratch;

  @Test
  void each_tenant_has_its_own_state_back() throws IOException {
    Suite one;
    Suite two;
    try (MetaSandbox killed = start("killed", Map.of())) {
      one = Suite.of(killed, "one");
      two = Suite.of(killed, "two");
      one.sells("order-1");
      one.audience("Buyers");
      two.sells("order-1");
      two.sells("order-2");
      Suite.of(killed, "gone").sells("order-1");
      new Caller(killed.baseUrl()).delete("/_sandbox/tenants/gone", null);
      // what the disk holds at this moment is what a killed process leaves behind
      FileSystemUtils.copyRecursively(scratch.resolve("killed"), scratch.resolve("found"));
    }

    try (MetaSandbox again = start("found", Map.of())) {
      Suite oneAgain = Suite.of(again, "one");
      Suite twoAgain = Suite.of(again, "two");
      assertThat(oneAgain.token()).isEqualTo(one.token());
      assertThat(twoAgain.secret()).isEqualTo(two.secret());
      assertThat(oneAgain.received()).isEqualTo(1);
      assertThat(oneAgain.shown("audiences")).hasSize(1);
      assertThat(twoAgain.received()).isEqualTo(2);
      assertThat(twoAgain.shown("audiences")).isEmpty();
      var demo = new Caller(again.baseUrl());
      assertThat(demo.get("/_sandbox/events/stats").text()).contains("\"received\":0");
      assertThat(demo.get("/_sandbox/tenants").json().path("data")).hasSize(2);
    }
    assertThat(scratch.resolve("found/state.tenants/one")).isDirectory();
    assertThat(scratch.resolve("found/state.tenants/gone")).doesNotExist();
  }

  @Test
  void what_a_kill_left_of_a_tenant_that_came_or_went_is_cleared_away() throws IOException {
    Path rest = Files.createDirectories(scratch.resolve("found/state.tenants/half"));
    Files.writeString(rest.resolve("tenant.json.new"), "{\"na");
    Files.writeString(rest.resolve("state.events"), "{}");

    try (MetaSandbox sandbox = start("found", Map.of())) {
      assertThat(rest).doesNotExist();
      assertThat(Suite.of(sandbox, "half").received()).isZero();
    }
  }

  @Test
  void a_tenant_of_the_settings_is_there_from_the_start_and_keeps_its_state() {
    try (MetaSandbox sandbox = start("state", CONFIGURED)) {
      Caller nightly = new Caller(sandbox.baseUrl()).withToken("nightly-token");
      assertThat(nightly.get("/_sandbox/tenants/nightly").json().path("profile").asString())
          .isEqualTo("lifelike");
      assertThat(nightly.post(Suite.EVENTS, Suite.purchase("order-1")).status()).isEqualTo(200);
    }
    var changed = new HashMap<>(CONFIGURED);
    changed.put("sandbox.tenants.at-start[0].token", "other-token");
    try (MetaSandbox sandbox = start("state", changed)) {
      var caller = new Caller(sandbox.baseUrl());
      assertThat(caller.withToken("other-token").get("/_sandbox/events/stats").text())
          .contains("\"received\":1");
      assertThat(caller.withToken("nightly-token").get(Suite.AUDIENCES).status()).isEqualTo(401);
    }
  }

  @Test
  void settings_that_can_not_be_stop_the_start() {
    Map<String, Object> sameToken =
        Map.of(
            "sandbox.tenants.at-start[0].name", "nightly",
            "sandbox.tenants.at-start[0].token", "demo-meta-token");

    assertThatThrownBy(() -> start("state", sameToken))
        .hasStackTraceContaining("token is another tenant's");
  }

  @Test
  void more_tenants_than_allowed_stop_the_start() {
    try (MetaSandbox sandbox = start("state", Map.of())) {
      Suite.of(sandbox, "one");
      Suite.of(sandbox, "two");
    }

    assertThatThrownBy(() -> start("state", Map.of("sandbox.tenants.most", 1)))
        .hasStackTraceContaining("There are 2 tenants; sandbox.tenants.most allows 1");
  }

  private MetaSandbox start(String folder, Map<String, Object> more) {
    var settings = new HashMap<String, Object>(more);
    settings.put("server.port", 0);
    settings.put("sandbox.journal", scratch.resolve(folder).resolve("state").toString());
    return MetaSandbox.start(settings);
  }
}
