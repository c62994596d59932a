package io.rebound.sandbox.tenants;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Tokens and secrets that look like Meta's and that nobody has. */
final class Drawn {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Drawn() {}

  static String token() {
    return "EAA" + hex(24);
  }

  static String secret() {
    return hex(16);
  }

  private static String hex(int bytes) {
    byte[] drawn = new byte[bytes];
    RANDOM.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
