package io.rebound.ingest.doors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the event doors let in, whatever the format.
 *
 * @param largestBody of a request with many events, after decompression
 * @param clientAddressHeader the header in which your own proxy writes the caller's address, for
 *     instance X-Forwarded-For; its last entry is taken, which is the one your proxy saw. Unset:
 *     the connection's address
 * @param handOver bodies larger than this are worked on by a few worker threads, so that lone
 *     events don't wait behind a batch on their event loop
 */
@ConfigurationProperties("rebound.ingest.doors")
public record DoorsProperties(
    @DefaultValue("4MB") DataSize largestBody,
    @Nullable String clientAddressHeader,
    @DefaultValue("16KB") DataSize handOver) {}
