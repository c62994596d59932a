package io.rebound.consumption;

/**
 * The service must not consume: the position in its database doesn't belong to the log it finds. A
 * person has to decide; the message says between what.
 */
public final class RefusedPosition extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedPosition(String message) {
    super(message);
  }
}
