package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/** The value of a Kafka record, with what its CloudEvents 1.0 headers say. */
public interface Message {

  /** The contract and its version, for instance {@code io.rebound.tracked-event.v1}. */
  @JsonIgnore
  String ceType();

  /** The same for the same message sent again. */
  @JsonIgnore
  String ceId();

  /** When what the message tells happened. */
  @JsonIgnore
  Instant ceTime();
}
