package io.rebound.consumption;

import io.rebound.events.Message;
import java.time.Instant;

/**
 * What the tests' small service reads and writes.
 *
 * @param times how often it is to be counted
 */
record Counted(String id, int times, Instant at) implements Message {
  static Counted once(String id) {
    return new Counted(id, 1, Instant.EPOCH);
  }

  @Override
  public String ceType() {
    return "io.rebound.counted.v1";
  }

  @Override
  public String ceId() {
    return id;
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
