package io.rebound.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  /** What an uploader sends of a value. */
  public static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
