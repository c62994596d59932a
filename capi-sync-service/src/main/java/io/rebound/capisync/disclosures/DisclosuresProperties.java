package io.rebound.capisync.disclosures;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long it can be told what of a person went to Meta.
 *
 * @param retention of requests that changed audiences; as long as the audit keeps their links.
 *     Those with events are kept as long as deliveries
 */
@ConfigurationProperties("rebound.capi-sync.disclosures")
record DisclosuresProperties(@DefaultValue("400d") Duration retention) {}
