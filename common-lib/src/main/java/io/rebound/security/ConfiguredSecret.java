package io.rebound.security;

/**
 * A secret a service was configured with. A bean of this type is checked at start: a secret that
 * the quickstart published is none.
 *
 * @param property where it is configured
 * @param value in clear, or as the 64 hexadecimal digits of its SHA-256
 */
public record ConfiguredSecret(String property, String value) {
  /** Never shows the secret. */
  @Override
  public String toString() {
    return "ConfiguredSecret[" + property + "]";
  }
}
