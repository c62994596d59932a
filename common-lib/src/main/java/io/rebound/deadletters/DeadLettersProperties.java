package io.rebound.deadletters;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Records a service could not process.
 *
 * @param retention how long they are kept for somebody to retry them, retried or not
 */
@ConfigurationProperties("rebound.dead-letters")
record DeadLettersProperties(@DefaultValue("90d") Duration retention) {}
