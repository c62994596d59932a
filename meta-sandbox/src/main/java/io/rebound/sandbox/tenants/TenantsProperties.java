package io.rebound.sandbox.tenants;

import io.rebound.sandbox.SandboxProperties.Bounds;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Tenants besides the default; {@code sandbox.yml} explains and defaults each.
 *
 * @param most how many there may be
 * @param bounds how much of each is kept in memory
 * @param atStart those that are there without being asked for
 */
@ConfigurationProperties("sandbox.tenants")
record TenantsProperties(int most, Bounds bounds, @Nullable List<WantedTenant> atStart) {
  // an empty list in the file binds as an empty text or not at all
  List<WantedTenant> configured() {
    return atStart == null ? List.of() : atStart;
  }
}
