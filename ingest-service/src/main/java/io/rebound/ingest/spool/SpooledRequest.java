package io.rebound.ingest.spool;

/**
 * A request's messages as they lie in the spool.
 *
 * @param events how many messages they are
 * @param bytes their size
 * @param messages packed
 */
public record SpooledRequest(long id, int events, int bytes, byte[] messages) {
  /** Never shows the messages: they are personal data. */
  @Override
  public String toString() {
    return "SpooledRequest[" + id + ", " + events + " events]";
  }
}
