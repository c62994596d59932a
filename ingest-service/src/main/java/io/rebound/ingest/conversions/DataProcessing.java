package io.rebound.ingest.conversions;

import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Limited Data Use: {@code ["LDU"]} with country and state, or {@code []} for explicitly none. It
 * reaches Meta exactly as stated, because it is a right of the person's.
 *
 * @see <a href="https://developers.facebook.com/docs/marketing-apis/data-processing-options">Data
 *     processing options</a>
 */
final class DataProcessing {
  private static final String OPTIONS = "data_processing_options";
  private static final String COUNTRY = "data_processing_options_country";
  private static final String STATE = "data_processing_options_state";
  private static final int FIRST_STATE = 1000; // states are added as their laws come: no last one

  private DataProcessing() {}

  static Map<String, Object> of(Fields event) {
    var stated = new LinkedHashMap<String, Object>();
    JsonNode options = event.json().path(OPTIONS);
    boolean limited = false;
    if (event.has(OPTIONS)) {
      if (!options.isArray() || !options.valueStream().allMatch(DataProcessing::isLdu)) {
        throw new InvalidEvent(OPTIONS, "must be a list that is empty or has LDU");
      }
      limited = !options.isEmpty();
      stated.put(OPTIONS, limited ? List.of("LDU") : List.of());
    }
    Integer country = number(event, COUNTRY, "must be 1 for the United States or 0 to geolocate");
    Integer state = number(event, STATE, "must be the number of a state or 0 to geolocate");
    if (country != null && country > 1) {
      throw new InvalidEvent(COUNTRY, "must be 1 for the United States or 0 to geolocate");
    }
    if (state != null && state != 0 && state < FIRST_STATE) {
      throw new InvalidEvent(STATE, "must be the number of a state or 0 to geolocate");
    }
    if (limited && country == null) {
      throw new InvalidEvent(COUNTRY, "must be given with LDU");
    }
    if (country != null && state == null) {
      throw new InvalidEvent(STATE, "must be given with a country");
    }
    put(stated, COUNTRY, country);
    put(stated, STATE, state);
    return stated;
  }

  private static boolean isLdu(JsonNode option) {
    return option.isString() && option.stringValue().equals("LDU");
  }

  private static @Nullable Integer number(Fields event, String name, String reason) {
    if (!event.has(name)) {
      return null;
    }
    String text = event.text(name);
    if (text == null || !text.matches("\\d{1,4}")) {
      throw new InvalidEvent(name, reason);
    }
    return Integer.valueOf(text);
  }

  private static void put(Map<String, Object> stated, String name, @Nullable Integer value) {
    if (value != null) {
      stated.put(name, value);
    }
  }
}
