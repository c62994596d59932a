package io.rebound.sandbox.tokens;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The app, and tokens that may not do everything; {@code sandbox.yml} explains each. */
@ConfigurationProperties("sandbox.oauth")
record TokensProperties(
    @DefaultValue("2030000000000001") String appId, @DefaultValue List<Granted> tokens) {
  /**
   * A token with what it may do.
   *
   * @param expiresIn since the start; nothing if it never expires
   */
  record Granted(
      String token,
      @DefaultValue List<String> scopes,
      @DefaultValue List<String> assets,
      @Nullable Duration expiresIn) {}

  /** Never shows a token. */
  @Override
  public String toString() {
    return "TokensProperties[appId=" + appId + "]";
  }
}
