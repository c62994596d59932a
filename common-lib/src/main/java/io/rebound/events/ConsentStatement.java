package io.rebound.events;

import java.util.Map;

/**
 * What an event says about consent.
 *
 * @param stated what the person stated with this event, purpose by purpose; empty if nothing was
 *     said
 * @param assumed the source's default for every purpose, which holds only until the person states
 *     something
 */
public record ConsentStatement(Map<Purpose, Boolean> stated, Map<Purpose, Boolean> assumed) {
  public ConsentStatement {
    stated = Map.copyOf(stated);
    assumed = Map.copyOf(assumed);
  }

  /** Nothing stated, nothing allowed. */
  public static ConsentStatement none() {
    return new ConsentStatement(Map.of(), Map.of());
  }
}
