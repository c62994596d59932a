package io.rebound.security;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call this service.
 *
 * @param keys the bearer keys of the administrative doors; with none they are closed to everybody
 * @param openPaths patterns of doors that have their own protection, such as a webhook's signature
 */
@ConfigurationProperties("rebound.security")
public record SecurityProperties(
    @DefaultValue List<ConfiguredKey> keys, @DefaultValue List<String> openPaths) {

  /**
   * @param name for logs and audit
   * @param sha256 the key's SHA-256 in 64 hexadecimal digits, for instance by {@code printf %s
   *     "$KEY" | sha256sum}
   * @param scopes {@code admin}, {@code metrics}
   */
  public record ConfiguredKey(
      @Nullable String name, @Nullable String sha256, @DefaultValue Set<String> scopes) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    public ConfiguredKey {
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException("rebound.security.keys: every key needs a name");
      }
      if (sha256 == null || !SHA256.matcher(sha256).matches()) {
        throw new IllegalArgumentException(
            "rebound.security.keys: the sha256 of key " + name + " must have 64 hex digits");
      }
      if (!Set.of(ApiKey.ADMIN, ApiKey.METRICS).containsAll(scopes)) {
        throw new IllegalArgumentException(
            "rebound.security.keys: key " + name + " has a scope other than admin and metrics");
      }
    }

    @Override
    public String name() {
      return java.util.Objects.requireNonNull(name);
    }

    @Override
    public String sha256() {
      return java.util.Objects.requireNonNull(sha256);
    }
  }
}
