package io.rebound.ingest.sources;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.ingest.sources.Admission.Admitted;
import io.rebound.ingest.sources.Admission.Disabled;
import io.rebound.ingest.sources.Admission.ForbiddenOrigin;
import io.rebound.ingest.sources.Admission.Limited;
import io.rebound.ingest.sources.Admission.NotKnownYet;
import io.rebound.ingest.sources.Admission.UnknownKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides by its write key whether a request's events are looked at. Never blocks. */
@Component
public class Admissions {
  private final Sources sources;
  private final KeyUses uses;
  private final MeterProvider<Counter> requests;

  Admissions(Sources sources, KeyUses uses, MeterRegistry metrics) {
    this.sources = sources;
    this.uses = uses;
    requests =
        Counter.builder("rebound_ingest_requests_total")
            .description("Requests by source and by whether their key let them in")
            .withRegistry(metrics);
  }

  /**
   * Takes the events from what the key may still send, if they are let in.
   *
   * @param writeKey as the client gave it, if it did
   * @param origin the page's, as the browser states it
   * @param events at least one
   */
  public Admission admit(
      Optional<String> writeKey, @Nullable String origin, int events, Instant now) {
    Optional<KnownKey> known = writeKey.flatMap(key -> sources.find(key, now));
    known.ifPresent(key -> uses.add(key, now));
    Admission decision =
        known.map(key -> decide(key, origin, events)).orElseGet(() -> unknown(writeKey));
    requests
        .withTags(
            "outcome", outcome(decision), "source", known.map(key -> key.source().id()).orElse(""))
        .increment();
    return decision;
  }

  private Admission unknown(Optional<String> writeKey) {
    return writeKey.isPresent() && !sources.areCurrent()
        ? new NotKnownYet()
        : new UnknownKey(writeKey.isPresent());
  }

  private static Admission decide(KnownKey key, @Nullable String origin, int events) {
    if (!key.enabled()) {
      return new Disabled();
    }
    if (!key.source().origins().allow(origin)) {
      return new ForbiddenOrigin();
    }
    Duration pause = key.take(events);
    return pause.isZero() ? new Admitted(key.source()) : new Limited(pause);
  }

  private static String outcome(Admission decision) {
    return switch (decision) {
      case Admitted _ -> "admitted";
      case Disabled _ -> "disabled";
      case ForbiddenOrigin _ -> "origin";
      case Limited _ -> "limited";
      case NotKnownYet _ -> "not_known_yet";
      case UnknownKey _ -> "unknown_key";
    };
  }
}
