package io.rebound.identity.graph;

import io.rebound.consumption.Outgoing;
import java.util.Set;
import java.util.UUID;

/**
 * What a transaction is going to say, and what is counted of it once it is certain.
 *
 * @param outsize persons who have just become larger than the alarm's limit
 * @param more whether other events wait to be looked at again
 */
record Told(
    Outgoing outgoing,
    int merges,
    int splits,
    int moves,
    int nobodys,
    Set<UUID> outsize,
    boolean more) {

  Told andMore(boolean also) {
    return new Told(outgoing, merges, splits, moves, nobodys, outsize, more || also);
  }
}
