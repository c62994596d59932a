package io.rebound.ingest.intake;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The public keys that personal data is sealed to. Ingest can seal, never open.
 *
 * @param capiSyncPublicKeyFile keyset of capi-sync, which opens match keys
 * @param whatsappPublicKeyFile keyset of whatsapp, which opens contacts
 */
@ConfigurationProperties("rebound.ingest.sealing")
record SealingProperties(Path capiSyncPublicKeyFile, Path whatsappPublicKeyFile) {}
