package io.rebound.deadletters;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@code GET /v1/dead-letters} and {@code POST /v1/dead-letters/{id}/retry} of a servlet service.
 */
@Configuration(proxyBeanMethods = false)
@Import(DeadLettersController.class)
public class DeadLettersConfiguration {}
