package io.rebound.security;

import java.util.Set;

/**
 * Who may call a service's administrative doors.
 *
 * @param name for logs and audit
 * @param scopes what the key may do: {@code admin} everything, {@code metrics} only reading metrics
 */
public record ApiKey(String name, Set<String> scopes) {
  public static final String ADMIN = "admin";
  public static final String METRICS = "metrics";

  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  public boolean has(String scope) {
    return scopes.contains(scope);
  }
}
