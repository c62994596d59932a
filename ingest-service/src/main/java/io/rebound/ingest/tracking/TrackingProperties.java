package io.rebound.ingest.tracking;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The Segment-compatible doors as their clients see them.
 *
 * @param publicAddress where clients reach the doors, for instance {@code
 *     https://events.shop.example}; stands in the settings that SDKs ask for. Unset: the host they
 *     asked, by HTTPS if they did so or a proxy says so in X-Forwarded-Proto
 */
@ConfigurationProperties("rebound.ingest.tracking")
record TrackingProperties(@Nullable URI publicAddress) {
  TrackingProperties {
    if (publicAddress != null
        && (publicAddress.getHost() == null || publicAddress.getScheme() == null)) {
      throw new IllegalArgumentException("A public address has a scheme and a host");
    }
  }
}
