package io.rebound.security;

import java.util.List;

/** Secrets of which a service may be configured with any number; see {@link ConfiguredSecret}. */
public record ConfiguredSecrets(List<ConfiguredSecret> all) {
  public ConfiguredSecrets {
    all = List.copyOf(all);
  }
}
