package io.rebound.identity.sightings;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.events.Identifier;
import io.rebound.events.TrackedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Keeps erased persons from being rebuilt of events that come late: what happened before the
 * erasure ends here, counted and without a trace.
 */
@Component
public class Suppression {
  private final Erasures erasures;
  private final Counter suppressed;

  Suppression(Erasures erasures, MeterRegistry metrics) {
    this.erasures = erasures;
    suppressed =
        Counter.builder("rebound_identity_suppressed_events_total")
            .description("Events of before their person's erasure that came after it")
            .register(metrics);
  }

  /** These events without those of erased persons; no erasure begins until the transaction ends. */
  public List<Sighting> sightings(List<TrackedEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    erasures.keepOut();
    Generations generations =
        erasures.generations(
            events.stream().flatMap(event -> event.identifiers().stream()).toList());
    List<Sighting> left =
        events.stream()
            .filter(event -> !erased(event, generations))
            .map(event -> Sighting.of(event, generations))
            .toList();
    suppressed.increment(events.size() - left.size());
    return left;
  }

  /** A device that others use too is theirs where something says that it was one of them. */
  private static boolean erased(TrackedEvent event, Generations generations) {
    Instant at = event.at().truncatedTo(ChronoUnit.MICROS);
    return linking(event)
        .filter(identifier -> identifier.type().strong() || anonymous(event))
        .anyMatch(identifier -> generations.erased(identifier, at));
  }

  private static boolean anonymous(TrackedEvent event) {
    return linking(event).noneMatch(identifier -> identifier.type().strong());
  }

  private static Stream<Identifier> linking(TrackedEvent event) {
    return event.identifiers().stream().filter(identifier -> !identifier.role());
  }
}
