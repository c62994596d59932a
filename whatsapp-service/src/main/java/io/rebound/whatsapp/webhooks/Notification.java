package io.rebound.whatsapp.webhooks;

import io.rebound.whatsapp.messages.StatusUpdates.Update;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one webhook call holds for us: up to a thousand messages and statuses. What we don't know is
 * passed over, as Meta asks: new kinds come without notice.
 */
record Notification(List<Inbound> messages, List<Update> statuses) {

  /**
   * A message that somebody sent us. Its text is never kept.
   *
   * @param wamid WhatsApp's id; contains the number, so it is personal data
   * @param waId the sender's number without plus; null if they hide it
   * @param userId the sender's business-scoped id, if given
   * @param type WhatsApp's word, for instance {@code text} or {@code button}
   * @param former what the sender was called before, where WhatsApp says that it changed
   */
  record Inbound(
      String wamid,
      @Nullable String waId,
      @Nullable String userId,
      String type,
      Instant at,
      @Nullable Former former) {
    @Override
    public String toString() {
      return "Inbound[" + type + "]";
    }
  }

  /** The number and id that somebody had until they changed them. */
  record Former(@Nullable String waId, @Nullable String userId) {
    /** Never shows them: this is personal data. */
    @Override
    public String toString() {
      return "Former[]";
    }
  }

  /**
   * @param account the WhatsApp business account that is ours; others' entries are passed over
   * @param now stands for a time that is missing or lies ahead
   */
  static Notification read(JsonNode body, String account, Instant now) {
    var messages = new ArrayList<Inbound>();
    var statuses = new ArrayList<Update>();
    each(body.path("entry"))
        .filter(entry -> entry.path("id").asString("").equals(account))
        .flatMap(entry -> each(entry.path("changes")))
        .filter(change -> change.path("field").asString("").equals("messages"))
        .map(change -> change.path("value"))
        .forEach(value -> {
          each(value.path("messages")).forEach(message -> message(message, now, messages));
          each(value.path("statuses")).forEach(status -> status(status, now, statuses));
        });
    return new Notification(messages, statuses);
  }

  private static void message(JsonNode message, Instant now, List<Inbound> messages) {
    String wamid = message.path("id").asString("");
    String type = message.path("type").asString("unsupported");
    String waId = message.path("from").asStringOpt().orElse(null);
    String userId = message.path("from_user_id").asStringOpt().orElse(null);
    if (wamid.isEmpty()) {
      return;
    }
    Instant at = time(message, now);
    if (type.equals("system")) {
      JsonNode system = message.path("system");
      String newWaId = system.path("wa_id").asStringOpt().orElse(null);
      String newUserId = system.path("user_id").asStringOpt().orElse(null);
      String formerUserId = system.path("previous_user_id").asStringOpt().orElse(null);
      boolean changed = system.path("type").asString("").startsWith("user_changed_");
      if (changed && (newWaId != null || newUserId != null)) {
        messages.add(
            new Inbound(wamid, newWaId, newUserId, type, at, new Former(waId, formerUserId)));
      }
    } else if (waId != null || userId != null) {
      messages.add(new Inbound(wamid, waId, userId, type, at, null));
    }
  }

  private static void status(JsonNode status, Instant now, List<Update> statuses) {
    String ourId = status.path("biz_opaque_callback_data").asString("");
    if (!ourId.isEmpty()) {
      int code = status.path("errors").path(0).path("code").asInt(0);
      statuses.add(
          new Update(
              ourId,
              status.path("status").asString(""),
              code == 0 ? null : code,
              time(status, now)));
    }
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return list.isArray() ? list.valueStream() : Stream.empty();
  }

  // Unix seconds, as a string
  private static Instant time(JsonNode element, Instant now) {
    long seconds = element.path("timestamp").asLong(0);
    if (seconds <= 0) {
      return now;
    }
    Instant at = Instant.ofEpochSecond(Math.min(seconds, now.getEpochSecond()));
    return at.isAfter(now) ? now : at;
  }
}
