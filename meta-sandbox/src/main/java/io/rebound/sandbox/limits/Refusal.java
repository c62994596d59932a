package io.rebound.sandbox.limits;

import org.jspecify.annotations.Nullable;

/** Why a call isn't done: a limit is used up. */
public record Refusal(int status, int code, @Nullable Integer subcode, String message) {
  static final int TOO_MANY_CALLS = 2_446_079;

  static Refusal ofApp() {
    return new Refusal(403, 4, null, "(#4) Application request limit reached");
  }
}
