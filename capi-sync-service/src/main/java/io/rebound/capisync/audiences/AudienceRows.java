package io.rebound.capisync.audiences;

import io.rebound.events.MatchKeys;
import io.rebound.events.SealedWithEvent;
import io.rebound.sealing.Opener;
import io.rebound.sealing.UnreadableSeal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * A person's rows in a Custom Audience: a function of their match keys alone, whatever order the
 * envelopes came in. Several addresses or numbers make several rows. Opened seals live only in the
 * returned rows.
 *
 * @see <a
 *     href="https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences">Custom
 *     audiences from a customer file</a>
 */
@Component
class AudienceRows {
  /** Meta's names of the columns, and which match key fills each. */
  static final List<String> SCHEMA =
      List.of("EXTERN_ID", "EMAIL", "PHONE", "FN", "LN", "GEN", "CT", "ST", "ZIP", "COUNTRY");

  private static final List<String> SEVERAL = List.of("external_id", "em", "ph");
  private static final List<String> ONE = List.of("fn", "ln", "ge", "ct", "st", "zp", "country");
  private static final int MOST_ROWS = 10;

  private final Opener opener;

  AudienceRows(Opener opener) {
    this.opener = opener;
  }

  /** Empty if there is nothing by which Meta could find the person. */
  List<List<String>> of(List<SealedWithEvent> envelopes) {
    Map<String, TreeSet<String>> keys = new HashMap<>();
    for (SealedWithEvent envelope : envelopes) {
      try {
        MatchKeys opened = opener.open(envelope.sealed(), envelope.key(), MatchKeys.class);
        opened
            .values()
            .forEach(
                (name, values) -> keys.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(values));
      } catch (UnreadableSeal unreadable) {
        continue; // sealed to a key that is gone: as if it had never come
      }
    }
    List<List<String>> several = SEVERAL.stream().map(name -> values(keys, name)).toList();
    int rows = Math.min(MOST_ROWS, several.stream().mapToInt(List::size).max().orElse(0));
    var data = new ArrayList<List<String>>(rows);
    for (int number = 0; number < rows; number++) {
      var row = new ArrayList<String>(SCHEMA.size());
      for (List<String> values : several) {
        row.add(number < values.size() ? values.get(number) : "");
      }
      for (String name : ONE) {
        row.add(values(keys, name).stream().findFirst().orElse(""));
      }
      data.add(row);
    }
    return data;
  }

  private static List<String> values(Map<String, TreeSet<String>> keys, String name) {
    return List.copyOf(keys.getOrDefault(name, new TreeSet<>()));
  }
}
