package io.rebound.capisync.conversions;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How conversions are sent.
 *
 * @param senders how many requests are under way at once
 * @param batchSize events in a request, at most 1000
 * @param gather how long a sender lets events gather between two requests that aren't full
 * @param lease how long a claimed event stays with a sender that went silent
 * @param retention how long deliveries can be asked for; as long as Kafka keeps events
 */
@ConfigurationProperties("rebound.capi-sync.conversions")
record ConversionsProperties(
    @DefaultValue("2") int senders,
    @DefaultValue("1000") int batchSize,
    @DefaultValue("200ms") Duration gather,
    @DefaultValue("30s") Duration lease,
    @DefaultValue("35d") Duration retention) {}
