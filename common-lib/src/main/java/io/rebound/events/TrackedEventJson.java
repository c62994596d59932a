package io.rebound.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tracked event and its envelopes without data binding, which costs the doors more than
 * sealing does. What comes out is what {@link EventJson#MAPPER} makes of the same record.
 */
final class TrackedEventJson {
  private static final byte[] SOURCE = ascii("{\"source\":");
  private static final byte[] EVENT_ID = ascii(",\"event_id\":");
  private static final byte[] NAME = ascii(",\"name\":");
  private static final byte[] AT = ascii(",\"at\":");
  private static final byte[] RECEIVED_AT = ascii(",\"received_at\":");
  private static final byte[] ACTION_SOURCE = ascii(",\"action_source\":");
  private static final byte[] EVENT_SOURCE_URL = ascii(",\"event_source_url\":");
  private static final byte[] IDENTIFIERS = ascii(",\"identifiers\":[");
  private static final byte[] TYPE = ascii("{\"type\":");
  private static final byte[] PSEUDONYM = ascii(",\"pseudonym\":");
  private static final byte[] ROLE = ascii(",\"role\":true");
  private static final byte[] CONSENT = ascii(",\"consent\":");
  private static final byte[] MATCH_KEYS = ascii(",\"match_keys\":");
  private static final byte[] REQUEST_KEYS = ascii(",\"request_keys\":");
  private static final byte[] CONTACT = ascii(",\"contact\":");
  private static final byte[] CUSTOM_DATA = ascii(",\"custom_data\":");
  private static final byte[] SERVER_FIELDS = ascii(",\"server_fields\":");
  private static final byte[] SEALED_FIELDS = ascii(",\"sealed_fields\":");
  private static final byte[] CLAIMED_AT = ascii(",\"claimed_at\":");
  private static final byte[] KEPT_BACK = ascii(",\"kept_back\":");
  private static final byte[] KEY = ascii("{\"key\":");
  private static final byte[] BOX = ascii(",\"box\":");
  private static final byte[] VALUES = ascii("{\"values\":");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] NOTHING = ascii("{}");

  // most events state nothing, and then there is one such statement a source
  private static final int MOST_REMEMBERED = 100;
  private static final Map<ConsentStatement, byte[]> NOTHING_STATED = new ConcurrentHashMap<>();

  private TrackedEventJson() {}

  static byte[] of(TrackedEvent event) {
    JsonBytes json = JsonBytes.empty();
    json.raw(SOURCE).text(event.source());
    json.raw(EVENT_ID).text(event.eventId());
    json.raw(NAME).text(event.name());
    json.raw(AT).instant(event.at());
    json.raw(RECEIVED_AT).instant(event.receivedAt());
    json.raw(ACTION_SOURCE).plain(event.actionSource().wireName());
    if (event.eventSourceUrl() != null) {
      json.raw(EVENT_SOURCE_URL).text(event.eventSourceUrl());
    }
    json.raw(IDENTIFIERS);
    identifiers(json, event.identifiers());
    json.raw(CONSENT).raw(consent(event.consent()));
    sealed(json, MATCH_KEYS, event.matchKeys());
    sealed(json, REQUEST_KEYS, event.requestKeys());
    sealed(json, CONTACT, event.contact());
    json.raw(CUSTOM_DATA);
    object(json, event.customData());
    if (!event.serverFields().isEmpty()) {
      json.raw(SERVER_FIELDS);
      object(json, event.serverFields());
    }
    sealed(json, SEALED_FIELDS, event.sealedFields());
    if (event.claimedAt() != null) {
      json.raw(CLAIMED_AT).instant(event.claimedAt());
    }
    if (event.keptBack() != null) {
      json.raw(KEPT_BACK).plain(event.keptBack().wireName());
    }
    return json.raw('}').toByteArray();
  }

  /** What is inside an envelope of match keys. */
  static byte[] of(MatchKeys keys) {
    if (keys.values().isEmpty()) {
      return NOTHING.clone();
    }
    JsonBytes json = JsonBytes.empty().raw(VALUES);
    object(json, keys.values());
    return json.raw('}').toByteArray();
  }

  private static void identifiers(JsonBytes json, List<Identifier> identifiers) {
    for (int at = 0; at < identifiers.size(); at++) {
      Identifier one = identifiers.get(at);
      if (at > 0) {
        json.raw(',');
      }
      json.raw(TYPE).plain(one.type().wireName()).raw(PSEUDONYM).text(one.pseudonym());
      if (one.role()) {
        json.raw(ROLE);
      }
      json.raw('}');
    }
    json.raw(']');
  }

  private static byte[] consent(ConsentStatement consent) {
    if (!consent.stated().isEmpty()) {
      return EventJson.MAPPER.writeValueAsBytes(consent);
    }
    byte[] known = NOTHING_STATED.get(consent);
    if (known == null) {
      known = EventJson.MAPPER.writeValueAsBytes(consent);
      if (NOTHING_STATED.size() < MOST_REMEMBERED) {
        NOTHING_STATED.put(consent, known);
      }
    }
    return known;
  }

  private static void sealed(JsonBytes json, byte[] name, @Nullable Sealed sealed) {
    if (sealed != null) {
      json.raw(name).raw(KEY).plain(sealed.key()).raw(BOX).plain(sealed.box()).raw('}');
    }
  }

  private static void object(JsonBytes json, Map<?, ?> object) {
    json.raw('{');
    int empty = json.size();
    object.forEach((name, value) -> {
      if (json.size() > empty) {
        json.raw(',');
      }
      json.text(String.valueOf(name)).raw(':');
      value(json, value);
    });
    json.raw('}');
  }

  private static void list(JsonBytes json, List<?> list) {
    json.raw('[');
    for (int at = 0; at < list.size(); at++) {
      if (at > 0) {
        json.raw(',');
      }
      value(json, list.get(at));
    }
    json.raw(']');
  }

  private static void value(JsonBytes json, @Nullable Object value) {
    switch (value) {
      case String text -> json.text(text);
      case Long number -> json.number(number);
      case Integer number -> json.number(number);
      case BigDecimal number -> json.number(number.toString());
      case Boolean flag -> json.raw(flag ? TRUE : FALSE);
      case List<?> list -> list(json, list);
      case Map<?, ?> object -> object(json, object);
      case null, default -> json.raw(EventJson.MAPPER.writeValueAsBytes(value));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
