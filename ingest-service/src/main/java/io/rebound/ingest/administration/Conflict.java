package io.rebound.ingest.administration;

/** A request that what exists forbids; answered with 409. */
public class Conflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param detail what is in the way and what to do about it
   */
  public Conflict(String detail) {
    super(detail);
  }
}
