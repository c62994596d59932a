package io.rebound.segmentation.rfm;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How live scores are kept.
 *
 * @param edgesEvery how soon the edges of the quintiles follow purchases
 */
@ConfigurationProperties("rebound.segmentation.rfm")
record RfmProperties(@DefaultValue("5s") Duration edgesEvery) {}
