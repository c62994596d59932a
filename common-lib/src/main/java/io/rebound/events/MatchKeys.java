package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What is inside a match-key envelope: the Conversions API's user_data keys and their values,
 * hashed where Meta wants them hashed. Opened only in capi-sync's memory.
 *
 * @param values {@code em}, {@code ph}, {@code fn}, {@code ln}, {@code db}, {@code ge}, {@code ct},
 *     {@code st}, {@code zp}, {@code country}, {@code external_id} in the person's envelope; {@code
 *     client_ip_address}, {@code client_user_agent}, {@code fbp}, {@code fbc} and Meta's other ids
 *     in the request's; not copied, so nobody changes them any more
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MatchKeys(Map<String, List<String>> values) {
  public MatchKeys {
    values = Collections.unmodifiableMap(values);
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "MatchKeys" + values.keySet();
  }
}
