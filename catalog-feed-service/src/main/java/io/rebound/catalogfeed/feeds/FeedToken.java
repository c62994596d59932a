package io.rebound.catalogfeed.feeds;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.startup.Misconfigured;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether somebody may fetch the feed. Compares in constant time. */
@Component
class FeedToken {
  private final byte[] token;

  FeedToken(FeedProperties properties) {
    String configured = properties.feedToken();
    if (configured == null || configured.isBlank()) {
      throw new Misconfigured("rebound.catalog-feed.feed-token must be set");
    }
    this.token = configured.getBytes(UTF_8);
  }

  /**
   * @param authorization the request's header
   * @param parameter the request's parameter {@code token}
   */
  boolean opens(@Nullable String authorization, @Nullable String parameter) {
    return shown(authorization)
        .or(() -> Optional.ofNullable(parameter))
        .map(shown -> MessageDigest.isEqual(token, shown.getBytes(UTF_8)))
        .orElse(false);
  }

  private static Optional<String> shown(@Nullable String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.of(authorization.substring(7).strip());
    }
    if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return password(authorization.substring(6).strip());
    }
    return Optional.empty();
  }

  private static Optional<String> password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
      return Optional.of(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
