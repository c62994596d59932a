package io.rebound.sandbox.tenants;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.SandboxProperties.Bounds;
import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.stereotype.Component;

/** Opens tenants: each with the default's settings, but for those that make it another one. */
@Component
final class TenantOpening {
  private final SandboxProperties properties;
  private final TenantsProperties own;
  private final ConfigurableEnvironment environment;
  private final TenantFolders folders;
  private final ServletContext server;

  TenantOpening(
      SandboxProperties properties,
      TenantsProperties own,
      ConfigurableEnvironment environment,
      TenantFolders folders,
      ServletContext server) {
    this.properties = properties;
    this.own = own;
    this.environment = environment;
    this.folders = folders;
    this.server = server;
  }

  /** Settings for a tenant nobody said anything about. */
  TenantSettings drawn(String name) {
    return new TenantSettings(name, Drawn.token(), Drawn.secret(), properties.profile(), "");
  }

  Tenant open(TenantSettings settings) {
    return Tenant.open(settings, environment(settings), server);
  }

  private ConfigurableEnvironment environment(TenantSettings settings) {
    var tenants = new StandardEnvironment();
    var sources = tenants.getPropertySources();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (!ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
        sources.addLast(source);
      }
    }
    sources.addFirst(new MapPropertySource("tenant", overrides(settings)));
    ConfigurationPropertySources.attach(tenants);
    return tenants;
  }

  private Map<String, Object> overrides(TenantSettings settings) {
    var overrides = new HashMap<String, Object>();
    overrides.put("sandbox.tenant", settings.name());
    overrides.put("sandbox.tokens[0]", settings.token());
    overrides.put("sandbox.expired-tokens", ""); // of all others' tokens it knows none
    overrides.put("sandbox.revoked-tokens", "");
    overrides.put("sandbox.oauth.tokens", "");
    overrides.put("sandbox.app-secret", settings.appSecret());
    overrides.put("sandbox.profile", settings.profile().name());
    overrides.put("sandbox.webhook.url", settings.webhookUrl());
    overrides.put("sandbox.journal", folders.journal(settings.name()));
    Bounds bounds = own.bounds();
    overrides.put("sandbox.bounds.events", bounds.events());
    overrides.put("sandbox.bounds.remembered-ids", bounds.rememberedIds());
    overrides.put("sandbox.bounds.messages", bounds.messages());
    overrides.put("sandbox.bounds.items", bounds.items());
    overrides.put("sandbox.bounds.persons", bounds.persons());
    return overrides;
  }
}
