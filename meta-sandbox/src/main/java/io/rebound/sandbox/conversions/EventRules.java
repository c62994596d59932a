package io.rebound.sandbox.conversions;

import io.rebound.sandbox.graph.GraphError;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What makes Meta refuse an event, and with it the whole request; checked in Meta's order. The
 * error names the parameter, but not which event has it, and for a time out of bounds not even
 * that: so the live answer looks.
 */
final class EventRules {
  private static final long USUAL_AGE = Duration.ofDays(7).toSeconds();
  private static final long OFFLINE_AGE = Duration.ofDays(62).toSeconds();
  // how much a clock may be ahead isn't documented
  private static final long AHEAD = 60;

  private static final Set<String> ACTION_SOURCES =
      Set.of(
          "website",
          "app",
          "email",
          "phone_call",
          "chat",
          "physical_store",
          "system_generated",
          "business_messaging",
          "other");

  private EventRules() {}

  /** Throws what Meta would answer, if it wouldn't take the event. */
  static void check(JsonNode event, long now) {
    if (!event.isObject()) {
      throw GraphError.invalidParameter("Param data[] must be an array of objects");
    }
    JsonNode name = event.path("event_name");
    if (!name.isString() || name.asString().isBlank()) {
      throw GraphError.invalidParameter(
              2804001, "Missing Event Name", "Every event needs the parameter event_name.")
          .blaming("event_name");
    }
    String source = event.path("action_source").asString("");
    checkTime(event.path("event_time"), source, now);
    if (!ACTION_SOURCES.contains(source)) {
      throw GraphError.invalidParameter(
              2804019,
              "Invalid Action Source",
              "The parameter action_source must be one of the documented values.")
          .blaming("action_source");
    }
    CustomerInformation.check(event.path("user_data"));
    DataProcessingRules.check(event);
    CustomDataRules.check(name.asString(), event.path("custom_data"));
    switch (source) {
      case "business_messaging" -> MessagingRules.check(event);
      case "app" -> checkApp(event.path("app_data").path("extinfo"));
      default -> {}
    }
  }

  private static void checkTime(JsonNode time, String source, long now) {
    if (!time.isIntegralNumber() && !isDigits(time)) {
      throw GraphError.invalidParameter(
              2804019,
              "Invalid Event Time",
              "The parameter event_time must be a Unix timestamp in seconds.")
          .blaming("event_time");
    }
    long seconds = time.isIntegralNumber() ? time.asLong() : Long.parseLong(time.asString());
    boolean offline = source.equals("physical_store");
    if (seconds < now - (offline ? OFFLINE_AGE : USUAL_AGE)) {
      int days = offline ? 62 : 7;
      throw GraphError.invalidParameter(
          2804003,
          "Event Timestamp Too Old",
          "The timestamp for this event is too far in the past. Events need to be sent from your server within %d days of when they occurred. Enter a timestamp that has occurred within the last %d days."
              .formatted(days, days));
    }
    if (seconds > now + AHEAD) {
      throw GraphError.invalidParameter(
          2804004,
          "Event Timestamp In The Future",
          "The timestamp for this event is in the future. Enter a timestamp that has already occurred.");
    }
  }

  private static boolean isDigits(JsonNode time) {
    if (!time.isString() || time.asString().isEmpty() || time.asString().length() > 12) {
      return false;
    }
    return time.asString().chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static void checkApp(JsonNode extinfo) {
    boolean complete =
        extinfo.isArray() && extinfo.size() >= 16 && !extinfo.path(4).asString("").isBlank();
    if (!complete) {
      throw GraphError.invalidParameter(
              2804043,
              "Invalid Extended Device Information",
              "App events need app_data.extinfo with the version of the operating system.")
          .blaming("app_data", "extinfo");
    }
  }

  /** Business messaging has its own list of events and its own ids. */
  private static final class MessagingRules {
    private static final Set<String> EVENTS =
        Set.of(
            "Purchase",
            "LeadSubmitted",
            "InitiateCheckout",
            "AddToCart",
            "ViewContent",
            "OrderCreated",
            "OrderShipped",
            "OrderDelivered",
            "OrderCanceled",
            "OrderReturned",
            "CartAbandoned",
            "QualifiedLead",
            "RatingProvided",
            "ReviewProvided");
    private static final Map<String, Integer> MISSING_ID =
        Map.of("messenger", 2804069, "instagram", 2804079);

    static void check(JsonNode event) {
      if (!EVENTS.contains(event.path("event_name").asString(""))) {
        throw GraphError.invalidParameter(
            2804066,
            "Event Name Not Allowed",
            "This event name isn't supported for business messaging.");
      }
      JsonNode user = event.path("user_data");
      String channel = event.path("messaging_channel").asString("");
      switch (channel) {
        case "whatsapp" -> {
          if (blank(user, "page_id") && blank(user, "whatsapp_business_account_id")) {
            throw missing(2804116, "page_id or whatsapp_business_account_id");
          }
          if (blank(user, "ctwa_clid")) {
            throw missing(2804087, "ctwa_clid");
          }
        }
        case "messenger" -> require(user, "page_id", channel);
        case "instagram" -> require(user, "ig_account_id", channel);
        default -> throw missing(2804019, "messaging_channel");
      }
    }

    private static void require(JsonNode user, String id, String channel) {
      if (blank(user, id)) {
        throw missing(MISSING_ID.getOrDefault(channel, 2804019), id);
      }
    }

    private static GraphError missing(int subcode, String what) {
      return GraphError.invalidParameter(
          subcode, "Missing Messaging Information", "Messaging events need " + what + ".");
    }

    private static boolean blank(JsonNode user, String key) {
      return user.path(key).asString("").isBlank();
    }
  }
}
