package io.rebound.events;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event says about consent.
 *
 * @param stated what the person stated with this event, purpose by purpose; empty if nothing was
 *     said
 * @param assumed the source's default for every purpose, which holds only until the person states
 *     something
 * @param form where {@code stated} stood in the event; null if nothing was said or nobody noted it.
 *     A purpose that isn't stated follows the source's default
 * @param proof what shows that it was stated; null if the event doesn't say
 */
public record ConsentStatement(
    Map<Purpose, Boolean> stated,
    Map<Purpose, Boolean> assumed,
    @Nullable ConsentForm form,
    @Nullable ConsentProof proof) {
  public ConsentStatement {
    stated = Map.copyOf(stated);
    assumed = Map.copyOf(assumed);
  }

  public ConsentStatement(Map<Purpose, Boolean> stated, Map<Purpose, Boolean> assumed) {
    this(stated, assumed, null, null);
  }

  /** Nothing stated, nothing allowed. */
  public static ConsentStatement none() {
    return new ConsentStatement(Map.of(), Map.of());
  }
}
