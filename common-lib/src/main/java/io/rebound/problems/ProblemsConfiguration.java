package io.rebound.problems;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Errors of a servlet service's controllers as problem details that name the field at fault. */
@Configuration(proxyBeanMethods = false)
@Import(ProblemAdvice.class)
public class ProblemsConfiguration {}
