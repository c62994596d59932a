package io.rebound.ingest.administration;

/**
 * What a request says it was made of isn't there any more; answered with 412 (RFC 9110, 13.1.1).
 */
public class PreconditionFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param detail what has changed and what to do about it
   */
  public PreconditionFailed(String detail) {
    super(detail);
  }
}
