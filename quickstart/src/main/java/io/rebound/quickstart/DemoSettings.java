package io.rebound.quickstart;

import io.rebound.ingest.https.OwnAuthority;
import io.rebound.localservers.Database;
import io.rebound.localservers.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * How the quickstart configures each service: by the same properties as any installation, with demo
 * keys that only work here ({@code rebound.quickstart}).
 */
final class DemoSettings {
  static final String WRITE_KEY = "demo-write-key";
  static final String ADMIN_KEY = "demo-admin-key";
  static final String META_TOKEN = "demo-meta-token";
  static final String APP_SECRET = "demo-app-secret";
  static final String VERIFY_TOKEN = "demo-verify-token";
  static final String FEED_TOKEN = "demo-feed-token";
  static final String DATASET = "1000000001";
  static final String AD_ACCOUNT = "act_2000000002";
  static final String CATALOG = "3000000003";
  static final String PHONE_NUMBER = "4000000004";
  static final String BUSINESS_ACCOUNT = "5000000005";

  /** Three partitions cost a fifth less CPU than a deployment's twelve. */
  private static final int PARTITIONS = 3;

  private DemoSettings() {}

  static Map<String, Object> sandbox(Ports ports, Path folder) {
    return Map.of(
        "server.port",
        ports.sandbox(),
        "server.address",
        "127.0.0.1",
        "sandbox.journal",
        folder.resolve("journal.ndjson").toString(),
        "sandbox.webhook.url",
        at(ports.whatsapp()) + "/webhooks/whatsapp",
        "sandbox.https.port",
        ports.sandboxHttps(),
        "sandbox.https.folder",
        folder.resolve("https").toString());
  }

  static Map<String, Object> of(
      DemoService service, Ports ports, LocalPostgres postgres, Folder folder) {
    Database database = postgres.database(service.title(), "demo-" + service.title());
    Path keys = folder.path("keys");
    var settings = new HashMap<String, Object>();
    settings.put("rebound.quickstart", true);
    settings.put("server.port", service.port(ports));
    settings.put("server.address", "127.0.0.1");
    settings.put("spring.datasource.url", database.jdbcUrl());
    settings.put("spring.datasource.username", database.user());
    settings.put("spring.datasource.password", database.password());
    settings.put("rebound.security.keys[0].name", "demo");
    settings.put("rebound.security.keys[0].sha256", Keys.sha256(ADMIN_KEY));
    settings.put("rebound.security.keys[0].scopes", "admin");
    settings.put("rebound.kafka.bootstrap-servers", "127.0.0.1:" + ports.kafka());
    settings.put("rebound.kafka.partitions", PARTITIONS);
    settings.put("rebound.kafka.instance-id", "quickstart");
    settings.put("rebound.privacy.identity-public-key-file", file(keys, "identity.public.json"));
    settings.putAll(own(service, ports, keys));
    if (service == DemoService.INGEST) {
      settings.putAll(https(ports, certificates(folder)));
    }
    return settings;
  }

  /** What ingest shows to clients over HTTPS; made at the first start. */
  private static OwnAuthority certificates(Folder folder) {
    try {
      return OwnAuthority.in(folder.path("ingest").resolve("https"), Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> https(Ports ports, OwnAuthority certificates) {
    return Map.of(
        "rebound.ingest.https.port",
        ports.ingestHttps(),
        "spring.ssl.bundle.pem.https.keystore.certificate",
        certificates.certificate().toString(),
        "spring.ssl.bundle.pem.https.keystore.private-key",
        certificates.privateKey().toString());
  }

  private static Map<String, Object> own(DemoService service, Ports ports, Path keys) {
    return switch (service) {
      case INGEST ->
          Map.ofEntries(
              pepper(keys),
              Map.entry("rebound.ingest.quarantine-key-file", file(keys, "quarantine.json")),
              Map.entry(
                  "rebound.ingest.sealing.capi-sync-public-key-file",
                  file(keys, "capi-sync.public.json")),
              Map.entry(
                  "rebound.ingest.sealing.whatsapp-public-key-file",
                  file(keys, "whatsapp.public.json")),
              Map.entry("rebound.ingest.limit.events-per-second", 0),
              Map.entry("rebound.ingest.sources[0].id", "demo-shop"),
              Map.entry("rebound.ingest.sources[0].name", "The demo's shop"),
              Map.entry("rebound.ingest.sources[0].keys[0]", Keys.sha256(WRITE_KEY)),
              Map.entry("rebound.ingest.sources[0].consent-default.ads", true),
              Map.entry("rebound.ingest.sources[0].consent-default.profiling", true),
              Map.entry("rebound.ingest.sources[0].consent-default.messaging", true),
              Map.entry("rebound.ingest.sources[0].country", "DE"),
              Map.entry("rebound.ingest.sources[0].currency", "EUR"));
      case IDENTITY ->
          Map.ofEntries(
              pepper(keys),
              Map.entry("rebound.sealing.private-key-file", file(keys, "identity.private.json")));
      case SEGMENTATION -> Map.of();
      case CAPI_SYNC ->
          Map.of(
              "rebound.meta.base-url", at(ports.sandbox()),
              "rebound.meta.token", META_TOKEN,
              "rebound.meta.app-secret", APP_SECRET,
              "rebound.capi-sync.dataset-id", DATASET,
              "rebound.capi-sync.ad-account-id", AD_ACCOUNT,
              "rebound.sealing.private-key-file", file(keys, "capi-sync.private.json"));
      case CATALOG_FEED ->
          Map.of(
              "rebound.catalog-feed.catalog-id", CATALOG,
              "rebound.catalog-feed.feed-token", FEED_TOKEN);
      case WHATSAPP ->
          Map.ofEntries(
              pepper(keys),
              Map.entry("rebound.meta.base-url", at(ports.sandbox())),
              Map.entry("rebound.meta.token", META_TOKEN),
              Map.entry("rebound.meta.app-secret", APP_SECRET),
              Map.entry("rebound.whatsapp.phone-number-id", PHONE_NUMBER),
              Map.entry("rebound.whatsapp.business-account-id", BUSINESS_ACCOUNT),
              Map.entry("rebound.whatsapp.verify-token", VERIFY_TOKEN),
              Map.entry("rebound.sealing.private-key-file", file(keys, "whatsapp.private.json")));
    };
  }

  private static Map.Entry<String, Object> pepper(Path keys) {
    return Map.entry("rebound.pseudonyms.pepper-file", file(keys, "pepper.json"));
  }

  private static String file(Path keys, String name) {
    return keys.resolve(name).toString();
  }

  private static String at(int port) {
    return "http://127.0.0.1:" + port;
  }
}
