package io.rebound.segmentation.segments;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How memberships follow the clock.
 *
 * @param clockEvery how often those are looked for whose membership changes by the clock
 * @param chunk how many persons the clock judges in one transaction
 */
@ConfigurationProperties("rebound.segmentation.segments")
public record SegmentsProperties(
    @DefaultValue("1s") Duration clockEvery, @DefaultValue("500") int chunk) {}
