package io.rebound.quickstart;

/** Why the platform can't start, in words for the person who started it. */
public final class CannotStart extends Exception {
  private static final long serialVersionUID = 1L;

  CannotStart(String message) {
    super(message);
  }
}
