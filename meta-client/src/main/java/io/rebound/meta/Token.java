package io.rebound.meta;

import org.jspecify.annotations.Nullable;

/**
 * An access token. Its text never shows it.
 *
 * @param appSecret of the app that made it; null for the configured one
 */
public record Token(String value, @Nullable String appSecret) {
  public Token {
    // it goes into a header
    if (!value.matches("[!-~]+")) {
      throw new IllegalArgumentException("An access token has visible ASCII characters only");
    }
  }

  public Token(String value) {
    this(value, null);
  }

  @Override
  public String toString() {
    return "Token[…]";
  }
}
