package io.rebound.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.security.SecurityProperties;
import io.rebound.security.SecurityProperties.ConfiguredKey;
import io.rebound.startup.Misconfigured;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AuditWatchTest {
  private final KeptAudit audit = new KeptAudit();
  private final AuditWatch watch = new AuditWatch(audit.table, audit.verifier);

  @AfterEach
  void close() {
    audit.close();
  }

  private void somethingHappens() {
    audit.log.append(
        AuditEntry.administration(
            () -> "ops", AuditAction.TOKEN_ROTATED, Subject.of("token", "default")));
  }

  @Test
  void the_log_has_the_head_each_time_it_has_moved(CapturedOutput output) {
    watch.note();
    assertThat(output.getAll()).doesNotContain("reaches up to here");

    somethingHappens();
    watch.note();
    watch.note();

    assertThat(output.getAll()).containsOnlyOnce("reaches up to here");
    assertThat(output.getAll()).contains(audit.table.head().toString());
  }

  @Test
  void a_broken_chain_is_a_reason_to_act(CapturedOutput output) {
    somethingHappens();
    watch.verify();
    assertThat(output.getAll()).doesNotContain("tampered");

    audit.jdbc.sql("alter table audit_entry disable trigger all").update();
    audit.jdbc.sql("delete from audit_entry").update();
    watch.verify();

    assertThat(output.getAll()).contains("ERROR").contains("The audit was tampered with");
  }

  @Test
  void no_key_can_pass_for_the_service_itself() {
    var key = new ConfiguredKey("system", "0".repeat(64), Set.of("admin"));

    assertThatThrownBy(
            () -> new AuditConfiguration(new SecurityProperties(List.of(key), List.of())))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("no key can be called system");
  }
}
