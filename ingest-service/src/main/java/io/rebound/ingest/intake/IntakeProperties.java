package io.rebound.ingest.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the intake lets in.
 *
 * @param largestEvent a larger one is quarantined; counted after decompression
 * @param pause what a client is told to wait where its events couldn't be kept
 */
@ConfigurationProperties("rebound.ingest.intake")
record IntakeProperties(
    @DefaultValue("64KB") DataSize largestEvent, @DefaultValue("2s") Duration pause) {}
