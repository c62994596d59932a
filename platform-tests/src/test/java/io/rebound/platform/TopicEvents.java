package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The purchases of a {@link DoorLoad} as they lie in Kafka. */
final class TopicEvents {
  private static final Pattern PURCHASE = Pattern.compile("purchase-\\d+");

  private TopicEvents() {}

  /** How often each purchase is in {@code events}. */
  static Map<String, Integer> purchases(String bootstrap) {
    var found = new HashMap<String, Integer>();
    new Records(bootstrap)
        .of(
            "events",
            record -> {
              Matcher id =
                  PURCHASE.matcher(new String(record.headers().lastHeader("ce_id").value(), UTF_8));
              if (id.find()) {
                found.merge(id.group(), 1, Integer::sum);
              }
            });
    return found;
  }
}
