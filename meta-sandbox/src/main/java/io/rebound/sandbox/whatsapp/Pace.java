package io.rebound.sandbox.whatsapp;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How slow Meta and people are in the lifelike profile; {@code sandbox.yml} explains and defaults
 * each.
 */
@ConfigurationProperties("sandbox.whatsapp")
record Pace(
    long seed,
    Duration review,
    Duration sent,
    Duration delivered,
    Duration read,
    int neverDelivered,
    int readAtOnce,
    int neverRead) {}
