package io.rebound.ingest.spool;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where events wait while Kafka is away.
 *
 * @param limit of all messages in the spool, over all instances on the database; beyond it the
 *     doors answer 503. Exceeded by what other instances add within some seconds
 * @param buffer memory for requests that wait to be written; beyond it the doors answer 503
 * @param patience how long a request may wait to be written before the door answers 503
 * @param drainBatch how much is read, published and deleted at once when Kafka is back
 * @param drainEvery how often is looked whether there is something to drain
 * @param lease after which another instance goes on draining where one has frozen
 */
@ConfigurationProperties("rebound.ingest.spool")
public record SpoolProperties(
    @DefaultValue("2GB") DataSize limit,
    @DefaultValue("32MB") DataSize buffer,
    @DefaultValue("2s") Duration patience,
    @DefaultValue("1MB") DataSize drainBatch,
    @DefaultValue("1s") Duration drainEvery,
    @DefaultValue("30s") Duration lease) {}
