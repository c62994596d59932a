package io.rebound.meta;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker, a bulkhead and a retry budget for each endpoint of each account: what fails
 * for one ad account says nothing about another, and a slow endpoint can't take all the calls.
 */
final class Circuits {
  private static final Logger log = LoggerFactory.getLogger(Circuits.class);

  private final CircuitBreakerRegistry breakers;
  private final BulkheadRegistry bulkheads;
  private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();
  private final MetaProperties properties;
  private final Clock clock;

  Circuits(MetaProperties properties, MeterRegistry metrics, Clock clock) {
    this.properties = properties;
    this.clock = clock;
    breakers =
        CircuitBreakerRegistry.of(
            CircuitBreakerConfig.custom()
                .slidingWindowSize(10)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(
                    IntervalFunction.ofExponentialRandomBackoff(
                        properties.probeAfter(), 2, 0.25, properties.probeAtLeastEvery()))
                // so that whoever keeps work sees that a try is due without making it
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .build());
    bulkheads =
        BulkheadRegistry.of(
            BulkheadConfig.custom()
                .maxConcurrentCalls(properties.concurrentCalls())
                .maxWaitDuration(properties.callTimeout())
                .build());
    breakers.getEventPublisher().onEntryAdded(added -> announce(added.getAddedEntry()));
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(metrics);
    TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(metrics);
  }

  CircuitBreaker breaker(GraphCall call) {
    return breakers.circuitBreaker(name(call));
  }

  Bulkhead bulkhead(GraphCall call) {
    return bulkheads.bulkhead(name(call));
  }

  RetryBudget budget(GraphCall call) {
    return budgets.computeIfAbsent(
        name(call), _ -> new RetryBudget(properties.retryShare(), properties.probeAfter(), clock));
  }

  /** Whether a call could begin now, without taking anybody's turn. */
  boolean ready(GraphCall call) {
    boolean passes =
        switch (breaker(call).getState()) {
          case OPEN, FORCED_OPEN -> false;
          case HALF_OPEN -> nothingIsUnderWay(call); // or else the single try is being made
          case CLOSED, DISABLED, METRICS_ONLY -> true;
        };
    return passes && budget(call).ready();
  }

  private boolean nothingIsUnderWay(GraphCall call) {
    Bulkhead.Metrics calls = bulkhead(call).getMetrics();
    return calls.getAvailableConcurrentCalls() == calls.getMaxAllowedConcurrentCalls();
  }

  private static String name(GraphCall call) {
    return call.endpoint().label() + "/" + call.account();
  }

  private static void announce(CircuitBreaker breaker) {
    breaker
        .getEventPublisher()
        .onStateTransition(event -> {
          switch (event.getStateTransition().getToState()) {
            case OPEN ->
                log.atWarn()
                    .addKeyValue("circuit", breaker.getName())
                    .log("Meta fails; calls stop but for single tries, work waits");
            case CLOSED ->
                log.atInfo()
                    .addKeyValue("circuit", breaker.getName())
                    .log("Meta answers again; calls go on");
            default -> log.debug("Circuit {} {}", breaker.getName(), event.getStateTransition());
          }
        });
  }
}
