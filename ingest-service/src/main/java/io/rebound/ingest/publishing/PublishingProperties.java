package io.rebound.ingest.publishing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The door's own producer.
 *
 * @param linger how long the producer gathers before it sends. Measured: anything above 0 costs a
 *     lone event a quarter of the throughput or more, and a batch is gathered by being sent at once
 * @param buffer memory for events that Kafka hasn't acknowledged yet; when it is full the doors
 *     answer 503 at once
 * @param timeout after which a door gives up waiting for Kafka's acknowledgement
 */
@ConfigurationProperties("rebound.ingest.publishing")
record PublishingProperties(
    @DefaultValue("0ms") Duration linger,
    @DefaultValue("32MB") DataSize buffer,
    @DefaultValue("10s") Duration timeout) {}
