package io.rebound.sandbox.tenants;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.tokens.Tokens;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * All tenants but the default. Those of the settings and those that were there before are open when
 * the first request comes in; others open when they are asked for.
 */
@Component
class Tenants implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Tenants.class);

  private final TenantsProperties properties;
  private final SandboxProperties defaults;
  private final Tokens defaultTokens;
  private final TenantFolders folders;
  private final TenantOpening opening;
  private final NavigableMap<String, Tenant> open = new ConcurrentSkipListMap<>();
  private boolean running;

  Tenants(
      TenantsProperties properties,
      SandboxProperties defaults,
      Tokens defaultTokens,
      TenantFolders folders,
      TenantOpening opening,
      MeterRegistry meters) {
    this.properties = properties;
    this.defaults = defaults;
    this.defaultTokens = defaultTokens;
    this.folders = folders;
    this.opening = opening;
    Gauge.builder("rebound.sandbox.tenants", open, Map::size)
        .description("Tenants besides the default")
        .register(meters);
  }

  /** Whether a tenant was there already. */
  record Found(TenantSettings settings, boolean isNew) {}

  boolean isEmpty() {
    return open.isEmpty();
  }

  Optional<Tenant> named(String name) {
    return Optional.ofNullable(open.get(name));
  }

  /** Whose one of these is; empty if it is the default's, or nobody's. */
  Optional<Tenant> owner(List<String> credentials) {
    return credentials.stream()
        .flatMap(one -> open.values().stream().filter(tenant -> tenant.knows(one)))
        .findFirst();
  }

  /** Those whose names come after that one. */
  List<TenantSettings> after(String name, int limit) {
    return open.tailMap(name, false).values().stream().limit(limit).map(Tenant::settings).toList();
  }

  /**
   * The tenant as it is wanted, which is there from now on and after a restart.
   *
   * @throws TenantRefusal if there is another one of that name, or no room, or its token is taken
   */
  synchronized Found put(WantedTenant wanted) {
    Tenant there = open.get(wanted.checked().name());
    if (there != null) {
      if (!wanted.isMetBy(there.settings())) {
        throw TenantRefusal.conflict("name", "is that of a tenant with other settings");
      }
      return new Found(there.settings(), false);
    }
    if (open.size() >= properties.most()) {
      throw TenantRefusal.conflict(
          "name", "would be one too many: there are " + properties.most() + " tenants");
    }
    TenantSettings settings = wanted.over(opening.drawn(wanted.name()));
    refuseTaken(settings);
    folders.save(settings);
    try {
      open.put(settings.name(), opening.open(settings));
    } catch (RuntimeException e) {
      folders.delete(settings.name());
      throw e;
    }
    log.atInfo().addKeyValue("tenant", settings.name()).log("The sandbox has a tenant more");
    return new Found(settings, true);
  }

  /** Forgets it with everything it had; its tokens are nobody's again. */
  synchronized void remove(String name) {
    Tenant tenant = open.remove(name);
    if (tenant == null) {
      throw TenantRefusal.unknown();
    }
    tenant.close();
    folders.delete(name);
    log.atInfo().addKeyValue("tenant", name).log("The sandbox has a tenant less");
  }

  private void refuseTaken(TenantSettings settings) {
    if (isTaken(settings.token())) {
      throw TenantRefusal.conflict("token", "is another tenant's");
    }
    if (isTaken(settings.appSecret()) || settings.appSecret().equals(settings.token())) {
      throw TenantRefusal.conflict("app_secret", "is in use already");
    }
  }

  private boolean isTaken(String credential) {
    return defaultTokens.find(credential).isPresent()
        || defaults.appSecret().equals(credential)
        || owner(List.of(credential)).isPresent();
  }

  @Override
  public synchronized void start() {
    var all = new TreeMap<String, TenantSettings>();
    folders.saved().forEach(saved -> all.put(saved.name(), saved));
    for (WantedTenant wanted : properties.configured()) {
      TenantSettings rest = all.get(wanted.checked().name());
      all.put(wanted.name(), wanted.over(rest == null ? opening.drawn(wanted.name()) : rest));
    }
    if (all.size() > properties.most()) {
      throw new IllegalStateException(
          "There are " + all.size() + " tenants; sandbox.tenants.most allows " + properties.most());
    }
    for (TenantSettings settings : all.values()) {
      refuseTaken(settings);
      folders.save(settings);
      open.put(settings.name(), opening.open(settings));
    }
    running = true;
  }

  /** Before the web server stops, which would end their streams with an error. */
  @EventListener(ContextClosedEvent.class)
  void endPages() {
    open.values().forEach(Tenant::endPages);
  }

  @Override
  public synchronized void stop() {
    open.values().forEach(Tenant::close);
    open.clear();
    running = false;
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  /** Open before the web server is, and closed after it: whoever is answered is answered for. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
  }
}
