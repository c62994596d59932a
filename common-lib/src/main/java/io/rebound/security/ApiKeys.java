package io.rebound.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The bearer keys a service knows, by their SHA-256: keys are long random strings, so a plain hash
 * keeps them secret, and the configuration holds none in clear.
 */
public final class ApiKeys {
  private final List<Known> known;

  private record Known(byte[] sha256, ApiKey key) {}

  ApiKeys(SecurityProperties properties) {
    this.known =
        properties.keys().stream()
            .map(key ->
                new Known(
                    HexFormat.of().parseHex(key.sha256()), new ApiKey(key.name(), key.scopes())))
            .toList();
  }

  /** Whose key that is. Compares with every known one, in constant time each. */
  public Optional<ApiKey> find(String presented) {
    byte[] hash = sha256(presented);
    Optional<ApiKey> found = Optional.empty();
    for (Known one : known) {
      if (MessageDigest.isEqual(hash, one.sha256())) {
        found = Optional.of(one.key());
      }
    }
    return found;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
