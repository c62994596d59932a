package io.rebound.ingest;

import io.rebound.ingest.https.OwnAuthority;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** What the service of the tests is started with: its servers, keys and sources. */
final class IngestSettings {
  private IngestSettings() {}

  /** A map that a test may add to. */
  static Map<String, Object> of(Database database, String kafka, Path keys) throws Exception {
    Map<String, Object> settings = TestServers.settings(database, kafka);
    settings.put("rebound.pseudonyms.pepper-file", keys.resolve("pepper.json"));
    settings.put("rebound.privacy.identity-public-key-file", keys.resolve("identity.public.json"));
    settings.put("rebound.ingest.quarantine-key-file", keys.resolve("quarantine.json"));
    settings.put(
        "rebound.ingest.sealing.capi-sync-public-key-file", keys.resolve("capi-sync.public.json"));
    settings.put(
        "rebound.ingest.sealing.whatsapp-public-key-file", keys.resolve("whatsapp.public.json"));
    // how much a fast machine sends is no test's matter but those of limits, which set their own
    settings.put("rebound.ingest.limit.events-per-second", 0);
    settings.put("rebound.ingest.sources[0].id", RunningIngest.SOURCE);
    settings.put(
        "rebound.ingest.sources[0].keys[0]", RunningIngest.sha256(RunningIngest.WRITE_KEY));
    settings.put("rebound.ingest.sources[0].country", "DE");
    settings.put("rebound.ingest.sources[0].consent-default.ads", true);
    settings.put("rebound.ingest.sources[0].allowed-properties", "size");
    OwnAuthority certificates = OwnAuthority.in(keys.resolve("https"), Clock.systemUTC());
    settings.put("rebound.ingest.https.port", 0);
    settings.put(
        "spring.ssl.bundle.pem.https.keystore.certificate", certificates.certificate().toString());
    settings.put(
        "spring.ssl.bundle.pem.https.keystore.private-key", certificates.privateKey().toString());
    settings.put("spring.ssl.bundle.pem.https.reload-on-update", true);
    settings.put("spring.ssl.bundle.watch.file.quiet-period", "50ms");
    settings.put("rebound.ingest.sources[1].id", RunningIngest.FOR_ONE_DATASET);
    settings.put(
        "rebound.ingest.sources[1].keys[0]", RunningIngest.sha256(RunningIngest.FOR_ONE_DATASET));
    settings.put("rebound.ingest.sources[1].datasets", "1000000001");
    settings.put("rebound.ingest.sources[2].id", "own-domain");
    settings.put(
        "rebound.ingest.sources[2].keys[0]", RunningIngest.sha256(RunningIngest.OWN_DOMAIN_KEY));
    settings.put("rebound.ingest.sources[2].consent-default.ads", true);
    settings.put("rebound.ingest.sources[2].visits.cookie-domain", "shop.localhost");
    settings.put("rebound.ingest.sources[2].visits.crawlers", "mark");
    settings.put("rebound.ingest.sources[3].id", "paid");
    settings.put("rebound.ingest.sources[3].keys[0]", RunningIngest.sha256(RunningIngest.PAID_KEY));
    settings.put("rebound.ingest.sources[3].currency", "EUR");
    settings.put("rebound.ingest.sources[3].commerce.purchase-at", "paid");
    settings.put("rebound.ingest.sources[3].commerce.refunds-to-meta", true);
    settings.put("rebound.ingest.sources[3].commerce.names[Cart Emptied]", "ignore");
    settings.put("rebound.ingest.sources[3].commerce.names.item_viewed", "ViewContent");
    settings.put("rebound.ingest.sources[3].commerce.properties.value", "gross,total");
    settings.put("rebound.ingest.sources[3].commerce.properties[contents.id]", "article");
    settings.put("rebound.security.keys[0].name", "tests");
    settings.put("rebound.security.keys[0].sha256", RunningIngest.sha256(RunningIngest.ADMIN_KEY));
    settings.put("rebound.security.keys[0].scopes", "admin");
    return settings;
  }
}
