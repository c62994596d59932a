package io.rebound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.sealing.KeyRotation;
import io.rebound.sealing.Opener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contacts are sealed anew after a rotation, and go on being of use. */
class ResealingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RunningWhatsapp whatsapp = RunningWhatsapp.get();
  private final UUID person = UUID.randomUUID();
  private final String number = "4915112399001";

  @Test
  void after_a_rotation_no_contact_is_sealed_to_the_old_key_and_messages_still_go_out() {
    long old = whatsapp.bean(Opener.class).primaryKey();
    whatsapp.person(person, "+" + number, "Ada", true);
    await().atMost(PATIENCE).until(() -> rows(old) > 0);
    Path file =
        whatsapp
            .bean(Environment.class)
            .getRequiredProperty("rebound.sealing.private-key-file", Path.class);

    long key = new KeyRotation(file.getParent()).receiver("whatsapp");

    await().atMost(PATIENCE).until(() -> rows(old) == 0);
    assertThat(rows(key)).isPositive();
    assertThat(whatsapp.get("/actuator/prometheus").body())
        .contains("rebound_whatsapp_sealed_rows{key=\"" + key + "\",table=\"person\"}");
    whatsapp.put(
        "/v1/triggers/after-a-rotation",
        """
        {"event": "Rotated", "after": "1s", "enabled": true,
         "template": "cart_reminder", "language": "en", "parameters": ["first_name"]}
        """);
    whatsapp.event(person, "rotated-" + person, "Rotated", Instant.now());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(whatsapp.sentTo(number)).hasSize(1));
  }

  private long rows(long key) {
    return whatsapp
        .bean(JdbcClient.class)
        .sql("select count(*) from person where :key = any(sealing_keys)")
        .param("key", key)
        .query(Long.class)
        .single();
  }
}
