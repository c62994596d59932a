package io.rebound.sandbox.tokens;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access token.
 *
 * @param scopes the permissions it was given
 * @param assets the objects it may use; empty for all of them
 * @param expiresAt nothing if it never does
 */
public record Token(
    String value,
    Kind kind,
    List<String> scopes,
    List<String> assets,
    Instant issuedAt,
    @Nullable Instant expiresAt) {
  /** Whom it stands for, as {@code debug_token} tells it. */
  public enum Kind {
    SYSTEM_USER,
    APP
  }

  public Token {
    scopes = List.copyOf(scopes);
    assets = List.copyOf(assets);
  }

  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  public boolean reaches(String asset) {
    return kind != Kind.APP && (assets.isEmpty() || assets.contains(asset));
  }

  Token exchanged(String other, Instant now, Duration lifetime) {
    return new Token(other, kind, scopes, assets, now, now.plus(lifetime));
  }

  /** Never shows the token itself. */
  @Override
  public String toString() {
    return "Token[kind=" + kind + ", scopes=" + scopes + "]";
  }
}
