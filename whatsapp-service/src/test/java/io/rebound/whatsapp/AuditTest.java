package io.rebound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who changed what is sent and who saw to whom. */
class AuditTest {
  private final RunningWhatsapp whatsapp = RunningWhatsapp.get();

  @Test
  void triggers_tokens_and_looks_at_messages_are_audited() {
    String trigger =
        """
        {"event": "AddToCart", "unless": [], "after": "7d", "template": "cart_reminder",
         "language": "en", "parameters": ["first_name"], "fallbacks": {"first_name": "there"},
         "enabled": false}
        """;
    assertThat(whatsapp.put("/v1/triggers/watched", trigger).statusCode()).isEqualTo(201);
    assertThat(whatsapp.put("/v1/triggers/watched", "{}").statusCode()).isEqualTo(400);
    whatsapp.put("/v1/tokens/default", RunningWhatsapp.TOKEN_AS_IT_IS);
    whatsapp.get("/v1/messages");

    assertThat(audited("subject=trigger:watched")).containsExactly("trigger.changed by tests");
    assertThat(audited("subject=token:default")).contains("token.rotated by tests");
    assertThat(audited("subject=message")).contains("messages.listed by tests");
    assertThat(whatsapp.get("/v1/audit?limit=1000").body())
        .doesNotContain("a-meta-token-of-the-tests");
    assertThat(whatsapp.get("/v1/audit/verify").body()).contains("\"intact\":true");
  }

  private List<String> audited(String subject) {
    return RunningWhatsapp.json(whatsapp.get("/v1/audit?" + subject))
        .path("data")
        .valueStream()
        .map(entry -> entry.path("action").asString() + " by " + entry.path("actor").asString())
        .filter(entry -> !entry.startsWith("audit.read"))
        .toList();
  }
}
