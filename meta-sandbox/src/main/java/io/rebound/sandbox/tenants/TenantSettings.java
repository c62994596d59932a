package io.rebound.sandbox.tenants;

import io.rebound.sandbox.SandboxProperties.Profile;

/**
 * What one tenant has of its own; everything else is as the default's.
 *
 * @param appSecret key of its {@code appsecret_proof} and of its webhooks' signatures
 * @param webhookUrl where its message statuses and incoming messages go; empty: nowhere
 */
record TenantSettings(
    String name, String token, String appSecret, Profile profile, String webhookUrl) {
  /** Never shows the token or the secret. */
  @Override
  public String toString() {
    return "TenantSettings[name=" + name + ", profile=" + profile + "]";
  }
}
