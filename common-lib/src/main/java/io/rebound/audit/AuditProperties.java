package io.rebound.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the audit is kept.
 *
 * @param retention after which an entry is removed; that it was is an entry itself
 */
@ConfigurationProperties("rebound.audit")
record AuditProperties(@DefaultValue("400d") Duration retention) {}
