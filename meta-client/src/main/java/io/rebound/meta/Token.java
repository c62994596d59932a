package io.rebound.meta;

/** An access token. Its text never shows it. */
public record Token(String value) {
  public Token {
    if (value.isBlank()) {
      throw new IllegalArgumentException("An access token can't be blank");
    }
  }

  @Override
  public String toString() {
    return "Token[…]";
  }
}
