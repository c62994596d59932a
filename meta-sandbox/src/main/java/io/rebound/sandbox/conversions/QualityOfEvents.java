package io.rebound.sandbox.conversions;

import io.rebound.sandbox.graph.Answer;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How good the events of one name are.
 *
 * <p>Meta doesn't publish how the score comes about, only which keys weigh much, some or little.
 * Here each usable key misses the person with a probability that fits its weight, the keys miss
 * independently, and the score is ten times the chance that not all of them miss. With the weights
 * below the sample of Meta's page comes to its 7.2. A key counts only in the form it can match in.
 *
 * @param events of that name that the server sent, none counted twice
 * @param browsers those that browsers sent
 */
record QualityOfEvents(String name, List<StoredEvent> events, List<StoredEvent> browsers) {
  private static final double MUCH = 0.46;
  private static final double SOME = 0.2;
  private static final double LITTLE = 0.07;
  private static final int HOUR = 3600;
  private static final int DAY = 24 * HOUR;
  private static final int WEEK = 7 * DAY;

  /** A key of {@code user_data}, what the answer calls it, and its weight. */
  private record Identifier(String key, String shown, double weight) {}

  private static final List<Identifier> IDENTIFIERS =
      List.of(
          new Identifier("em", "email", MUCH),
          new Identifier("fbc", "click_id", MUCH),
          new Identifier("ph", "phone", SOME),
          new Identifier("external_id", "external_id", SOME),
          new Identifier("fbp", "browser_id", SOME),
          new Identifier("fb_login_id", "fb_login_id", SOME),
          new Identifier("db", "birthday", SOME),
          new Identifier("country", "country", SOME),
          new Identifier("client_ip_address", "ip_address", SOME),
          new Identifier("client_user_agent", "user_agent", SOME),
          new Identifier("lead_id", "lead_id", LITTLE),
          new Identifier("fn", "first_name", LITTLE),
          new Identifier("ln", "last_name", LITTLE),
          new Identifier("ge", "gender", LITTLE),
          new Identifier("ct", "city", LITTLE),
          new Identifier("st", "state", LITTLE),
          new Identifier("zp", "zip_code", LITTLE));

  // what can tell that the browser's event and the server's are one
  private static final Map<String, Predicate<StoredEvent>> DEDUPE_KEYS =
      Map.of(
          "event_id", event -> !event.id.isEmpty(),
          "external_id", has("external_id"),
          "fbp", has("fbp"));

  ObjectNode shown() {
    ObjectNode shown = Answer.object().put("event_name", name);
    shown.set("event_match_quality", matchQuality());
    if (!browsers.isEmpty()) {
      shown
          .putObject("event_coverage")
          .put("percentage", percentage(browsers, event -> event.origins.server()))
          .put("description", "Events from browsers that the server sent, too");
    }
    ArrayNode keys = shown.putArray("dedupe_key_feedback");
    DEDUPE_KEYS.keySet().stream().sorted().forEach(key -> keys.add(feedback(key)));
    shown
        .putObject("data_freshness")
        .put("upload_frequency", frequency())
        .put("description", "How soon after they happened most events arrive");
    return shown;
  }

  private ObjectNode feedback(String key) {
    Predicate<StoredEvent> has = DEDUPE_KEYS.getOrDefault(key, _ -> false);
    ObjectNode feedback = Answer.object().put("dedupe_key", key);
    if (!browsers.isEmpty()) {
      feedback
          .putObject("browser_events_with_dedupe_key")
          .put("percentage", percentage(browsers, has))
          .put("description", "Events from browsers that have this key");
    }
    feedback
        .putObject("server_events_with_dedupe_key")
        .put("percentage", percentage(events, has))
        .put("description", "Events from the server that have this key");
    if (!browsers.isEmpty()) {
      feedback
          .putObject("overall_browser_coverage_from_dedupe_key")
          .put("percentage", percentage(browsers, has.and(event -> event.origins.server())))
          .put("description", "Events from browsers with this key that the server sent, too");
    }
    return feedback;
  }

  private ObjectNode matchQuality() {
    ObjectNode quality = Answer.object();
    double sum = events.stream().mapToDouble(QualityOfEvents::score).sum();
    quality.put("composite_score", oneDecimal(sum / events.size()));
    ArrayNode feedback = quality.putArray("match_key_feedback");
    for (Identifier one : IDENTIFIERS) {
      double coverage = percentage(events, has(one.key()));
      if (coverage > 0) {
        feedback
            .addObject()
            .put("identifier", one.shown())
            .putObject("coverage")
            .put("percentage", coverage);
      }
    }
    return quality;
  }

  private static double score(StoredEvent event) {
    double missed = 1;
    for (Identifier one : IDENTIFIERS) {
      if ((event.matchKeys & CustomerInformation.bit(one.key())) != 0) {
        missed *= 1 - one.weight();
      }
    }
    return 10 * (1 - missed);
  }

  private static Predicate<StoredEvent> has(String key) {
    long bit = CustomerInformation.bit(key);
    return event -> (event.matchKeys & bit) != 0;
  }

  private static double percentage(List<StoredEvent> some, Predicate<StoredEvent> wanted) {
    return oneDecimal(100.0 * some.stream().filter(wanted).count() / some.size());
  }

  private String frequency() {
    long[] delays =
        events.stream()
            .mapToLong(event -> event.receivedAt / 1000 - event.event.happenedAt())
            .sorted()
            .toArray();
    long usual = delays[delays.length / 2];
    if (usual <= HOUR) {
      return "real_time";
    }
    if (usual <= DAY) {
      return "hourly";
    }
    return usual < WEEK ? "daily" : "weekly";
  }

  private static double oneDecimal(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
