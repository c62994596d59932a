package io.rebound.sandbox.conversions;

import io.rebound.sandbox.graph.GraphError;
import tools.jackson.databind.JsonNode;

/**
 * What Meta demands of Limited Data Use, from its page on data processing options: {@code ["LDU"]}
 * with country and state, or {@code []} for none. With which subcode it refuses isn't documented;
 * 2804019 is the one for a wrong value of any parameter.
 */
final class DataProcessingRules {
  private static final String OPTIONS = "data_processing_options";
  private static final String COUNTRY = "data_processing_options_country";
  private static final String STATE = "data_processing_options_state";
  private static final int USA = 1;
  private static final int CALIFORNIA = 1000;
  private static final int LAST_STATE = 1013; // Rhode Island

  private DataProcessingRules() {}

  static void check(JsonNode event) {
    JsonNode options = event.path(OPTIONS);
    if (!options.isMissingNode() && !options.isNull() && !isListOfLdu(options)) {
      throw refusal(OPTIONS, "must be an array that is empty or has LDU");
    }
    JsonNode country = event.path(COUNTRY);
    JsonNode state = event.path(STATE);
    if (!absent(country) && !isWhole(country, 0, USA)) {
      throw refusal(COUNTRY, "must be 1 for the United States or 0 to geolocate");
    }
    if (!absent(state) && !isWhole(state, 0, 0) && !isWhole(state, CALIFORNIA, LAST_STATE)) {
      throw refusal(STATE, "must be the number of a state or 0 to geolocate");
    }
    boolean limited = options.isArray() && !options.isEmpty();
    if (limited && absent(country)) {
      throw refusal(COUNTRY, "is required with LDU");
    }
    boolean located = !event.path("user_data").path("client_ip_address").asString("").isBlank();
    if (absent(state) && (!absent(country) || (limited && !located))) {
      throw refusal(STATE, "is required with a country, and with LDU where there is no IP address");
    }
  }

  private static boolean isListOfLdu(JsonNode options) {
    return options.isArray()
        && options.valueStream().allMatch(option -> option.asString("").equals("LDU"));
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static boolean isWhole(JsonNode value, long least, long most) {
    return value.isIntegralNumber() && value.asLong() >= least && value.asLong() <= most;
  }

  private static GraphError refusal(String parameter, String demand) {
    return GraphError.invalidParameter(
            2804019,
            "Invalid Data Processing Options",
            "The parameter " + parameter + " " + demand + ".")
        .blaming(parameter);
  }
}
