package io.rebound.identity.privacy;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests of persons are seen through.
 *
 * @param deadline by when a request must be answered (GDPR article 12(3): a month)
 * @param warnBefore from then before the deadline on an open request is a warning in the log
 * @param services whose answers a request waits for beside identity's own; leave out those that
 *     this installation doesn't run
 * @param repeatAfter after this an order that a service hasn't answered is sent again, then after
 *     twice as long, and so on up to a day
 * @param exportRetention how long the export of an access request can be read, from its completion
 * @param retention how long requests and receipts are kept as a proof; they name nobody
 */
@ConfigurationProperties("rebound.identity.privacy")
record PrivacyRequestProperties(
    @DefaultValue("30d") Duration deadline,
    @DefaultValue("7d") Duration warnBefore,
    @DefaultValue({"ingest", "segmentation", "capi-sync", "catalog-feed", "whatsapp"})
        List<String> services,
    @DefaultValue("1m") Duration repeatAfter,
    @DefaultValue("7d") Duration exportRetention,
    @DefaultValue("1095d") Duration retention) {
  PrivacyRequestProperties {
    services = List.copyOf(services);
  }
}
