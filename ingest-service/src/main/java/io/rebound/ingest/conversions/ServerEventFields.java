package io.rebound.ingest.conversions;

import io.rebound.events.ActionSource;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.intake.ServerFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a server event and its request say beside who and what: all of it reaches Meta as it came,
 * or the event is refused.
 *
 * @see <a
 *     href="https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event">Server
 *     event parameters</a>
 */
final class ServerEventFields {
  /** Of the request, so that events of one request go to Meta in one again. */
  static final Set<String> OF_THE_REQUEST =
      Set.of(
          "test_event_code",
          "partner_agent",
          "namespace_id",
          "upload_id",
          "upload_tag",
          "upload_source");

  private static final Set<String> CHANNELS = Set.of("whatsapp", "messenger", "instagram");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z_]{1,99}");
  private static final List<String> OF_THE_ORIGINAL =
      List.of("event_name", "event_time", "order_id", "event_id");
  private static final int LONGEST = 200;
  private static final Set<String> KNOWN =
      Set.of(
          "event_name",
          "event_time",
          "event_id",
          "action_source",
          "event_source_url",
          "user_data",
          "custom_data",
          "consent",
          "opt_out",
          "data_processing_options",
          "data_processing_options_country",
          "data_processing_options_state",
          "referrer_url",
          "customer_segmentation",
          "messaging_channel",
          "advanced_measurement_table",
          "original_event_data",
          "app_data",
          "attribution_data");

  private final Map<String, Object> clear = new LinkedHashMap<>();
  private final Map<String, JsonNode> sealed = new LinkedHashMap<>();
  private final Fields event;

  private ServerEventFields(Fields event) {
    this.event = event;
  }

  /**
   * @param request what the request says about all its events
   */
  static ServerFields of(Fields event, ActionSource actionSource, Fields request) {
    var fields = new ServerEventFields(event);
    fields.putOptOut();
    fields.clear.putAll(DataProcessing.of(event));
    fields.putTexts();
    fields.putOriginal();
    fields.putSealed(actionSource);
    for (String name : OF_THE_REQUEST) {
      fields.putText(name, request);
    }
    return fields.clear.isEmpty() && fields.sealed.isEmpty()
        ? ServerFields.none()
        : new ServerFields(fields.clear, fields.sealed);
  }

  /** Whether a field of that name is read at all. */
  static boolean knows(String name) {
    return KNOWN.contains(name);
  }

  private void putOptOut() {
    if (event.has("opt_out")) {
      Boolean optOut = event.flag("opt_out");
      if (optOut == null) {
        throw new InvalidEvent("opt_out", "must be true or false");
      }
      clear.put("opt_out", optOut);
    }
  }

  private void putTexts() {
    putText("referrer_url", event); // cleaned like the page's own address
    putText("advanced_measurement_table", event);
    String segment = event.text("customer_segmentation");
    if (segment != null && !WORD.matcher(segment).matches()) {
      throw new InvalidEvent("customer_segmentation", "must be one of Meta's words");
    }
    putText("customer_segmentation", event);
    String channel = event.text("messaging_channel");
    if (channel != null && !CHANNELS.contains(channel)) {
      throw new InvalidEvent("messaging_channel", "must be whatsapp, messenger or instagram");
    }
    putText("messaging_channel", event);
  }

  private void putText(String name, Fields fields) {
    String text = fields.text(name);
    if (text == null && fields.has(name) && !isBlank(fields.json().path(name))) {
      throw new InvalidEvent(name, "must be a string");
    }
    if (text != null) {
      if (text.length() > LONGEST && !name.endsWith("_url")) {
        throw new InvalidEvent(name, "must have at most " + LONGEST + " characters");
      }
      clear.put(name, text);
    }
  }

  private static boolean isBlank(JsonNode value) {
    return value.isString() && value.stringValue().isBlank();
  }

  /** Ties a late event to the one it belongs to. */
  private void putOriginal() {
    Fields original = event.requiredObject("original_event_data", "original_event_data");
    var kept = new LinkedHashMap<String, Object>();
    for (String name : OF_THE_ORIGINAL) {
      String text = original.text(name);
      if (text != null) {
        boolean time = name.equals("event_time") && text.matches("\\d{1,12}");
        kept.put(name, time ? Long.valueOf(text) : text);
      }
    }
    if (!kept.isEmpty()) {
      clear.put("original_event_data", kept);
    }
  }

  private void putSealed(ActionSource actionSource) {
    Fields app = event.requiredObject("app_data", "app_data");
    if (event.has("app_data")) {
      sealed.put("app_data", AppData.of(app));
    } else if (actionSource == ActionSource.APP) {
      throw new InvalidEvent("app_data", "must be given where action_source is app");
    }
    Fields attribution = event.requiredObject("attribution_data", "attribution_data");
    if (event.has("attribution_data")) {
      sealed.put("attribution_data", attribution.json());
    }
  }
}
