package io.rebound.startup;

/**
 * A service can't start as it is configured. Its text says what to change and is all that the user
 * sees; it never holds a secret.
 */
public class Misconfigured extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Misconfigured(String message) {
    super(message);
  }

  public Misconfigured(String message, Throwable cause) {
    super(message, cause);
  }
}
