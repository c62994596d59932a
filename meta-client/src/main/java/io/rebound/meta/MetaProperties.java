package io.rebound.meta;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Meta. Replacing the real Meta by the sandbox takes {@code base-url} alone.
 *
 * @param baseUrl without version and without a slash at the end
 * @param version the Graph API version every call names
 * @param token the access token; or else
 * @param tokenFile a file that holds it and is read again whenever it changes
 * @param appSecret if set, each call carries {@code appsecret_proof}
 * @param connectTimeout how long a connection may take
 * @param callTimeout how long a whole call may take
 * @param concurrentCalls how many calls to one endpoint of one account run at once
 * @param probeAfter how long a circuit stays open before a single call tries again; doubles with
 *     each failed try
 * @param probeAtLeastEvery the longest time between two such tries
 * @param probeSetupEvery how long work that waits for a person to put something right waits between
 *     two single tries; a new token is tried at once
 * @param retryShare how many repeats each call that Meta answers allows
 * @param tokenKey what tokens put through the API are kept under; the app secret if it isn't set
 */
@ConfigurationProperties("rebound.meta")
public record MetaProperties(
    @DefaultValue("https://graph.facebook.com") URI baseUrl,
    @DefaultValue("v26.0") String version,
    @Nullable String token,
    @Nullable Path tokenFile,
    @Nullable String appSecret,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("10s") Duration callTimeout,
    @DefaultValue("4") int concurrentCalls,
    @DefaultValue("1s") Duration probeAfter,
    @DefaultValue("30s") Duration probeAtLeastEvery,
    @DefaultValue("30s") Duration probeSetupEvery,
    @DefaultValue("0.5") double retryShare,
    @Nullable String tokenKey) {

  /** Without the secrets. */
  @Override
  public String toString() {
    return "MetaProperties[" + baseUrl + "/" + version + "]";
  }
}
