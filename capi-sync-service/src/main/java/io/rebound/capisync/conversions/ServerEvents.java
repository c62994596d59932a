package io.rebound.capisync.conversions;

import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.events.MatchKeys;
import io.rebound.events.Sealed;
import io.rebound.events.SealedFields;
import io.rebound.events.SealedWithEvent;
import io.rebound.events.TrackedEvent;
import io.rebound.sealing.Opener;
import io.rebound.sealing.UnreadableSeal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes events as the Conversions API wants them. Opened seals live only in the returned text.
 *
 * @see <a
 *     href="https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event">Server
 *     event parameters</a>
 */
@Component
class ServerEvents {
  private static final Logger log = LoggerFactory.getLogger(ServerEvents.class);
  private static final int MOST_ENVELOPES = 10;
  private static final Set<String> OF_THE_REQUEST =
      Set.of(
          "test_event_code",
          "partner_agent",
          "namespace_id",
          "upload_id",
          "upload_tag",
          "upload_source");

  private final Opener opener;

  /**
   * An event as Meta is to have it.
   *
   * @param json personal data
   * @param matchKeys by which keys Meta is to know the person: names, not values
   */
  record ServerEvent(String json, Set<String> matchKeys) {
    @Override
    public String toString() {
      return "ServerEvent" + matchKeys;
    }
  }

  ServerEvents(Opener opener) {
    this.opener = opener;
  }

  /**
   * @param profile the person's sealed match keys, newest first, as far as they may be added
   * @return empty if nothing in it would tell Meta who it was
   * @throws io.rebound.sealing.UnreadableSeal if an envelope of the event itself can't be opened
   */
  Optional<ServerEvent> of(TrackedEvent event, List<SealedWithEvent> profile) {
    var userData = new UserData();
    add(userData, event.matchKeys(), event.key());
    add(userData, event.requestKeys(), event.key());
    profile.stream()
        .filter(envelope -> !envelope.key().equals(event.key()))
        .limit(MOST_ENVELOPES)
        .forEach(envelope -> complete(userData, envelope));
    if (!userData.identifies()) {
      return Optional.empty();
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("event_name", event.name());
    json.put("event_time", event.at().getEpochSecond());
    json.put("event_id", event.eventId());
    json.put("action_source", event.actionSource().wireName());
    if (event.eventSourceUrl() != null) {
      json.put("event_source_url", event.eventSourceUrl());
    }
    json.put("user_data", userData.json());
    Map<String, Object> customData = event.customData();
    if (!customData.isEmpty()) {
      json.put("custom_data", customData);
    }
    event
        .serverFields()
        .forEach((name, value) -> {
          if (!OF_THE_REQUEST.contains(name)) {
            json.putIfAbsent(name, value);
          }
        });
    if (event.sealedFields() != null) {
      opener
          .open(event.sealedFields(), event.key(), SealedFields.class)
          .values()
          .forEach(json::putIfAbsent);
    }
    return Optional.of(
        new ServerEvent(EventJson.MAPPER.writeValueAsString(json), userData.json().keySet()));
  }

  /** What the request that carries the event has to say: only events that agree share one. */
  static Map<String, Object> requestParameters(TrackedEvent event) {
    if (event.serverFields().isEmpty()) {
      return Map.of();
    }
    var parameters = new TreeMap<>(event.serverFields());
    parameters.keySet().retainAll(OF_THE_REQUEST);
    return parameters;
  }

  private void add(UserData userData, @Nullable Sealed sealed, EventKey event) {
    if (sealed != null) {
      userData.add(opener.open(sealed, event, MatchKeys.class));
    }
  }

  // what the person did counts without it
  private void complete(UserData userData, SealedWithEvent envelope) {
    try {
      add(userData, envelope.sealed(), envelope.key());
    } catch (UnreadableSeal e) {
      log.debug("An envelope of a profile can't be opened; the event goes without it");
    }
  }
}
