package io.rebound.consumption;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service reaches Kafka and paces itself.
 *
 * @param bootstrapServers where Kafka is
 * @param partitions of every topic; fixed for the life of an installation, because a person's
 *     partition follows from it
 * @param replicationFactor of topics that are created
 * @param retention how long topics are kept, longer than the databases' backups
 * @param threads consumer threads of this instance, at most as many as partitions
 * @param instanceId set where an instance keeps its name over restarts: it then takes its
 *     partitions back at once after a kill instead of waiting for the group to notice
 * @param pace under load a thread makes at most one transaction in this time; a lone event never
 *     waits
 * @param batchSize a full batch doesn't wait for the pace
 * @param transactionTimeout ends the locks of a frozen instance
 * @param publishTimeout after which a door gives up waiting for Kafka's acknowledgement
 * @param startupTimeout how long a starting service waits for Kafka
 * @param client further settings of all Kafka clients, for instance security.protocol
 */
@ConfigurationProperties("rebound.kafka")
public record KafkaProperties(
    String bootstrapServers,
    @DefaultValue("12") int partitions,
    @DefaultValue("1") short replicationFactor,
    @DefaultValue("35d") Duration retention,
    @DefaultValue("1") int threads,
    @Nullable String instanceId,
    @DefaultValue("50ms") Duration pace,
    @DefaultValue("500") int batchSize,
    @DefaultValue("30s") Duration transactionTimeout,
    @DefaultValue("10s") Duration publishTimeout,
    @DefaultValue("60s") Duration startupTimeout,
    @DefaultValue Map<String, String> client) {}
