package io.rebound.consumption;

import io.rebound.events.Topic;

/** What other parts of a service may want to know of its consumption. */
@FunctionalInterface
public interface ConsumptionStatus {

  /**
   * Whether this service's tables hold everything that was in the topic when the service started. A
   * restored database hasn't; who must not act on old knowledge waits for it.
   */
  boolean caughtUp(Topic<?> topic);
}
