package io.rebound.capisync.audiences;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How audiences are kept.
 *
 * @param retention how long it is remembered that somebody left a segment; longer than Kafka could
 *     bring their joining again
 */
@ConfigurationProperties("rebound.capi-sync.audiences")
record AudiencesProperties(@DefaultValue("90d") Duration retention) {}
