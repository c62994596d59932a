package io.rebound.consumption;

import java.time.Instant;
import java.util.Set;

/**
 * Does what is due by the clock for the persons of the given partitions. It runs on the thread that
 * owns them, between batches and in a transaction of the same kind, so it never races with their
 * records.
 */
@FunctionalInterface
public interface ClockHandler {

  /**
   * @param now the service's clock
   * @param partitions partitions owned by this thread; {@link Partitions#of} tells a person's
   * @return the messages to send and whether more was due than one transaction should do, in which
   *     case the handler is called again after the next batch
   */
  Tick tick(Instant now, Set<Integer> partitions);

  /** What a tick came to. */
  record Tick(Outgoing outgoing, boolean more) {
    public static Tick nothing() {
      return new Tick(new Outgoing(), false);
    }
  }
}
