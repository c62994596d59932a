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
 * @param buffer memory for events that Kafka hasn't acknowledged yet, of each of two producers (for
 *     lone events and for several at once); when it is full events go to the spool
 * @param patience after which a request that Kafka hasn't acknowledged is spooled, and Kafka taken
 *     to be away
 * @param timeout for how long the producer tries to bring an event to Kafka, also after it was
 *     spooled; where the spool refused it, the door waits as long
 * @param probe how often a Kafka that is away is asked whether it is back
 * @param startup how long a start waits for Kafka before the doors open without it
 */
@ConfigurationProperties("rebound.ingest.publishing")
record PublishingProperties(
    @DefaultValue("0ms") Duration linger,
    @DefaultValue("32MB") DataSize buffer,
    @DefaultValue("500ms") Duration patience,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("1s") Duration probe,
    @DefaultValue("5s") Duration startup) {}
