package io.rebound.identity.graph;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the graph did. */
@Component
class GraphMeters {
  private static final Logger log = LoggerFactory.getLogger(GraphMeters.class);

  private final Counter repeats;
  private final Counter merges;
  private final Counter splits;
  private final Counter moves;
  private final Counter nobodys;

  GraphMeters(MeterRegistry metrics) {
    repeats = counter(metrics, "repeats", "Events their client had sent before");
    merges = counter(metrics, "merges", "Persons that were absorbed into another");
    splits = counter(metrics, "splits", "Persons that stand alone again");
    moves = counter(metrics, "moved_events", "Events that turned out to be somebody else's");
    nobodys = counter(metrics, "nobodys_events", "Events by which nobody can be found");
  }

  private static Counter counter(MeterRegistry metrics, String thing, String description) {
    return Counter.builder("rebound_identity_" + thing + "_total")
        .description(description)
        .register(metrics);
  }

  void repeats(int number) {
    repeats.increment(number);
  }

  void told(Told told) {
    merges.increment(told.merges());
    splits.increment(told.splits());
    moves.increment(told.moves());
    nobodys.increment(told.nobodys());
    if (!told.outsize().isEmpty()) {
      log.atWarn()
          .addKeyValue("persons", told.outsize().size())
          .log("Persons have more identifiers than people usually have; their links can be undone");
    }
  }
}
