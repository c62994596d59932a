package io.rebound.sealing;

/** An envelope that can't be opened: another receiver's, another event's, or damaged. */
public class UnreadableSeal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableSeal(String message) {
    super(message);
  }
}
