package io.rebound.ingest.spool;

import java.util.concurrent.CompletableFuture;

/**
 * A request's messages on their way into the spool.
 *
 * @param messages packed
 * @param kept true when they are on disk, false when they won't be waited for
 */
record Waiting(int events, byte[] messages, CompletableFuture<Boolean> kept) {
  int bytes() {
    return messages.length;
  }

  /** Never shows the messages: they are personal data. */
  @Override
  public String toString() {
    return "Waiting[" + events + " events]";
  }
}
