package io.rebound.privacy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the installation keeps outside the services, as far as receipts of erasures have to say when
 * it is gone. Nothing here deletes anything.
 *
 * @param backups how long backups of this service's database are kept
 * @param logs how long logs are kept
 */
@ConfigurationProperties("rebound.retention")
public record RetentionProperties(
    @DefaultValue("30d") Duration backups, @DefaultValue("30d") Duration logs) {}
