package io.rebound.sealing;

import io.rebound.events.SealedWithEvent;
import java.util.List;

/**
 * A row of envelopes that are to be sealed anew.
 *
 * @param before the column's text, which must stand there still when it is replaced
 */
public record SealedRow<K>(K id, String before, List<SealedWithEvent> envelopes) {
  public SealedRow {
    envelopes = List.copyOf(envelopes);
  }

  /** The same row with other envelopes. */
  SealedRow<K> with(List<SealedWithEvent> others) {
    return new SealedRow<>(id, before, others);
  }
}
