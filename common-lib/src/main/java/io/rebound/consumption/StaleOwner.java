package io.rebound.consumption;

/**
 * The position in the database isn't the one this thread read: somebody else owns the partition.
 */
final class StaleOwner extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleOwner(String message) {
    super(message);
  }
}
