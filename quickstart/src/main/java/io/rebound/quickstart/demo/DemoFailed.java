package io.rebound.quickstart.demo;

/** Why the demo can't go on, in words for the person who started it. */
public final class DemoFailed extends Exception {
  private static final long serialVersionUID = 1L;

  public DemoFailed(String message) {
    super(message);
  }
}
