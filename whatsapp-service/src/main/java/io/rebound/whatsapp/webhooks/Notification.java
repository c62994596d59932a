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
record Notification(List<Inbound> messages, List<Preference> preferences, List<Update> statuses) {
  private static final int STOPPED_MARKETING = 131050; // "User has stopped marketing messages"

  /**
   * A message that somebody sent us. Its text is looked at for a choice and never kept.
   *
   * @param wamid WhatsApp's id; contains the number, so it is personal data
   * @param waId the sender's number without plus; null if they hide it
   * @param userId the sender's business-scoped id, if given
   * @param type WhatsApp's word, for instance {@code text} or {@code button}
   * @param texts what the person wrote or tapped, in each form it came
   * @param former what the sender was called before, where WhatsApp says that it changed
   */
  record Inbound(
      String wamid,
      @Nullable String waId,
      @Nullable String userId,
      String type,
      List<String> texts,
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
   * Somebody chose whether they want our marketing, at WhatsApp itself.
   *
   * @param waId as an {@link Inbound}'s
   * @param how by what we know it
   */
  record Preference(
      @Nullable String waId, @Nullable String userId, boolean allows, String how, Instant at) {
    @Override
    public String toString() {
      return "Preference[" + how + "]";
    }
  }

  /**
   * @param account the WhatsApp business account that is ours; others' entries are passed over
   * @param now stands for a time that is missing or lies ahead
   */
  static Notification read(JsonNode body, String account, Instant now) {
    var notification = new Notification(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    each(body.path("entry"))
        .filter(entry -> entry.path("id").asString("").equals(account))
        .flatMap(entry -> each(entry.path("changes")))
        .forEach(change -> notification.take(change, now));
    return notification;
  }

  private void take(JsonNode change, Instant now) {
    JsonNode value = change.path("value");
    switch (change.path("field").asString("")) {
      case "messages" -> {
        each(value.path("messages")).forEach(message -> message(message, now));
        each(value.path("statuses")).forEach(status -> status(status, now));
      }
      case "user_preferences" ->
          each(value.path("user_preferences")).forEach(preference -> preference(preference, now));
      default -> {}
    }
  }

  private void message(JsonNode message, Instant now) {
    String wamid = message.path("id").asString("");
    String type = message.path("type").asString("unsupported");
    String waId = text(message.path("from"));
    String userId = text(message.path("from_user_id"));
    if (wamid.isEmpty()) {
      return;
    }
    if (type.equals("system")) {
      changed(wamid, waId, message.path("system"), time(message, now));
    } else if (waId != null || userId != null) {
      messages.add(
          new Inbound(wamid, waId, userId, type, texts(message), time(message, now), null));
    }
  }

  private void changed(String wamid, @Nullable String formerWaId, JsonNode system, Instant at) {
    String waId = text(system.path("wa_id"));
    String userId = text(system.path("user_id"));
    boolean changed = system.path("type").asString("").startsWith("user_changed_");
    if (changed && (waId != null || userId != null)) {
      var former = new Former(formerWaId, text(system.path("previous_user_id")));
      messages.add(new Inbound(wamid, waId, userId, "system", List.of(), at, former));
    }
  }

  private static List<String> texts(JsonNode message) {
    return Stream.of(
            "/text/body",
            "/button/text",
            "/button/payload",
            "/interactive/button_reply/id",
            "/interactive/button_reply/title",
            "/interactive/list_reply/id",
            "/interactive/list_reply/title")
        .map(path -> message.at(path).asString(""))
        .filter(text -> !text.isBlank())
        .toList();
  }

  private void preference(JsonNode preference, Instant now) {
    String value = preference.path("value").asString("");
    boolean known = value.equals("stop") || value.equals("resume");
    if (known && preference.path("category").asString("").equals("marketing_messages")) {
      preferences.add(
          new Preference(
              text(preference.path("wa_id")),
              text(preference.path("user_id")),
              value.equals("resume"),
              "whatsapp-preference",
              time(preference, now)));
    }
  }

  private void status(JsonNode status, Instant now) {
    String ourId = status.path("biz_opaque_callback_data").asString("");
    int code = status.path("errors").path(0).path("code").asInt(0);
    if (!ourId.isEmpty()) {
      statuses.add(
          new Update(
              ourId,
              status.path("status").asString(""),
              code == 0 ? null : code,
              time(status, now)));
    }
    if (code == STOPPED_MARKETING) {
      preferences.add(
          new Preference(
              text(status.path("recipient_id")),
              text(status.path("recipient_user_id")),
              false,
              "whatsapp-" + code,
              time(status, now)));
    }
  }

  private static @Nullable String text(JsonNode field) {
    return field.asStringOpt().orElse(null);
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return list.isArray() ? list.valueStream() : Stream.empty();
  }

  // Unix seconds, as a string or a number
  private static Instant time(JsonNode element, Instant now) {
    long seconds = element.path("timestamp").asLong(0);
    if (seconds <= 0) {
      return now;
    }
    Instant at = Instant.ofEpochSecond(Math.min(seconds, now.getEpochSecond()));
    return at.isAfter(now) ? now : at;
  }
}
