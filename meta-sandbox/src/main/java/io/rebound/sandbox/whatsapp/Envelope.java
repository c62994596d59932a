package io.rebound.sandbox.whatsapp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Meta posts to a webhook, byte for byte as Meta writes it: other characters than ASCII are
 * escaped, which the signature is over.
 */
@Component
class Envelope {
  private static final JsonMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final String waba;
  private final Trouble trouble;
  private final Clock clock;

  Envelope(SandboxProperties properties, Trouble trouble, Clock clock) {
    this.waba = properties.waba();
    this.trouble = trouble;
    this.clock = clock;
  }

  /** All of them in one body: in the same list, in another change or in another entry. */
  byte[] of(List<Notice> notices) {
    ObjectNode body = Answer.object().put("object", "whatsapp_business_account");
    ArrayNode entries = body.putArray("entry");
    @Nullable ObjectNode entry = null;
    @Nullable ObjectNode change = null;
    for (Notice notice : notices) {
      int place = trouble.choose(3);
      if (change != null && place == 0 && joined(change, notice)) {
        continue;
      }
      if (entry == null || place == 1 || entry.has("time") != isTimed(notice)) {
        entry = entries.addObject().put("id", waba);
        if (isTimed(notice)) {
          entry.put("time", clock.millis() / 1000);
        }
        entry.putArray("changes");
      }
      change = ((ArrayNode) entry.path("changes")).addObject().put("field", notice.field());
      change.set("value", notice.value().deepCopy());
    }
    return ASCII.writeValueAsString(body).getBytes(US_ASCII);
  }

  // messages' entries bear no time, the others' do
  private static boolean isTimed(Notice notice) {
    return !notice.field().equals("messages");
  }

  private static boolean joined(ObjectNode change, Notice notice) {
    for (String list : List.of("statuses", "messages")) {
      if (change.path("value").path(list) instanceof ArrayNode there
          && notice.value().path(list) instanceof ArrayNode more) {
        there.addAll(more);
        if (change.path("value").path("contacts") instanceof ArrayNode contacts
            && notice.value().path("contacts") instanceof ArrayNode others) {
          contacts.addAll(others);
        }
        return true;
      }
    }
    return false;
  }
}
