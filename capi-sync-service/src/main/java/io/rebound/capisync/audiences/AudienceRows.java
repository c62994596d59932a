package io.rebound.capisync.audiences;

import io.rebound.capisync.people.PersonKeys;
import io.rebound.events.MatchKeys;
import io.rebound.events.SealedWithEvent;
import io.rebound.sealing.Opener;
import io.rebound.sealing.UnknownSealingKey;
import io.rebound.sealing.UnreadableSeal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * A person's rows in a Custom Audience: a function of their match keys alone, put together from all
 * their events. Several addresses or numbers make several rows, which share the rest: Meta matches
 * each row by itself. Opened seals live only in the returned rows.
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

  /**
   * Empty if there is nothing by which Meta could find the person.
   *
   * @throws UnknownSealingKey if nothing opens and a key may be on its way: that isn't nothing
   */
  List<List<String>> of(List<SealedWithEvent> envelopes) {
    var keys = new PersonKeys();
    UnknownSealingKey unknown = null;
    for (SealedWithEvent envelope : envelopes) {
      try {
        keys.complete(opener.open(envelope.sealed(), envelope.key(), MatchKeys.class));
      } catch (UnknownSealingKey e) {
        unknown = e;
      } catch (UnreadableSeal damaged) {
        continue; // as if it had never come
      }
    }
    if (unknown != null && keys.all().isEmpty()) {
      throw unknown;
    }
    // sorted: the same addresses make the same rows, whichever was seen last
    List<List<String>> several =
        SEVERAL.stream().map(name -> keys.values(name).stream().sorted().toList()).toList();
    int rows = Math.min(MOST_ROWS, several.stream().mapToInt(List::size).max().orElse(0));
    var data = new ArrayList<List<String>>(rows);
    for (int number = 0; number < rows; number++) {
      var row = new ArrayList<String>(SCHEMA.size());
      for (List<String> values : several) {
        row.add(number < values.size() ? values.get(number) : "");
      }
      for (String name : ONE) {
        row.add(keys.values(name).stream().findFirst().orElse(""));
      }
      data.add(row);
    }
    return data;
  }
}
