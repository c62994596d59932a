package io.rebound.ingest.quarantine;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How rejected events are kept.
 *
 * @param quarantineKeyFile keyset (Tink, AES-256-GCM) that their bodies are encrypted with
 * @param quarantineRetention how long they are kept
 */
@ConfigurationProperties("rebound.ingest")
record QuarantineProperties(
    Path quarantineKeyFile, @DefaultValue("30d") Duration quarantineRetention) {}
