package io.rebound.sandbox;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The sandbox's settings; {@code sandbox.yml} explains and defaults each.
 *
 * @param tenant the name of the tenant whose settings these are, which the sandbox says itself;
 *     empty for the default
 */
@ConfigurationProperties("sandbox")
public record SandboxProperties(
    @DefaultValue("") String tenant,
    Profile profile,
    List<String> tokens,
    List<String> expiredTokens,
    List<String> revokedTokens,
    String appSecret,
    boolean proofRequired,
    String dataset,
    String adAccount,
    String catalogue,
    String phoneNumberId,
    String waba,
    String displayPhoneNumber,
    Versions versions,
    Webhook webhook,
    String journal,
    Bounds bounds,
    int callsPerHour,
    Conversions conversions) {

  /** Below it stand the addresses of all tenants but the default. */
  public static final String TENANTS = "/_tenants/";

  /** How much like Meta it behaves where Meta is slow, limits or refuses. */
  public enum Profile {
    /** Everything takes effect at once, no limit is ever reached, no removal is refused. */
    INSTANT,
    /** Meta's delays, limits and refusals. */
    LIFELIKE
  }

  public SandboxProperties {
    tokens = orEmpty(tokens);
    expiredTokens = orEmpty(expiredTokens);
    revokedTokens = orEmpty(revokedTokens);
  }

  /** What comes before its paths in its own addresses; empty for the default tenant. */
  public String root() {
    return tenant.isEmpty() ? "" : TENANTS + tenant;
  }

  // an empty list in the file binds as an empty text or not at all
  @SuppressWarnings("NullAway")
  private static List<String> orEmpty(List<String> list) {
    return list == null ? List.of() : list.stream().filter(one -> !one.isBlank()).toList();
  }

  /** Which versions of the Graph API are served. */
  public record Versions(int oldest, int newest, int oldestForMarketing) {}

  /** Where webhooks go, and how stubbornly. */
  public record Webhook(String url, String verifyToken, List<Duration> pauses, int maxAttempts) {}

  /** What is demanded of events beyond what Meta's servers enforce. */
  public record Conversions(boolean hashingRequired, boolean webDetailsRequired) {}

  /** How much is kept in memory. */
  public record Bounds(int events, int rememberedIds, int messages, int items, int persons) {}

  /** Never shows a token or the secret. */
  @Override
  public String toString() {
    return "SandboxProperties[dataset=" + dataset + ", adAccount=" + adAccount + "]";
  }
}
