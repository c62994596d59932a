package io.rebound.sandbox;

import java.util.Map;

/** The sandbox that the tests share; each test starts from {@link #fresh}. */
public final class Sandboxes {
  private static final MetaSandbox SHARED =
      MetaSandbox.start(Map.of("server.port", 0, "sandbox.journal", ""));

  private Sandboxes() {}

  /** The shared sandbox, as if nobody had ever called it. */
  public static Caller fresh() {
    var caller = new Caller(SHARED.baseUrl());
    caller.post("/_sandbox/reset", "{}");
    return caller;
  }
}
