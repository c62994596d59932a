package io.rebound.segmentation.privacy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long persons and what they did are kept.
 *
 * @param eventRetention how long an event counts, from when it came here
 * @param personRetention how long somebody stays of whom no event is left, from when they were last
 *     judged
 */
@ConfigurationProperties("rebound.segmentation.privacy")
record PrivacyProperties(
    @DefaultValue("1095d") Duration eventRetention,
    @DefaultValue("90d") Duration personRetention) {}
