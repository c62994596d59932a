package io.rebound.deadletters;

import io.rebound.privacy.RetentionConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@code GET /v1/dead-letters} and {@code POST /v1/dead-letters/{id}/retry} of a servlet service,
 * and how long what they show is kept.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeadLettersProperties.class)
@Import({DeadLettersController.class, DeadLetterRetention.class, RetentionConfiguration.class})
public class DeadLettersConfiguration {}
