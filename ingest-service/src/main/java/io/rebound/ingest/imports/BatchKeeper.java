package io.rebound.ingest.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.ingest.intake.Acceptance;
import io.rebound.ingest.intake.Acceptance.NotDurable;
import io.rebound.ingest.intake.Acceptance.Rejection;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.DoorFormats;
import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.EventFormat;
import io.rebound.ingest.intake.EventIntake;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Brings rows where all events go, and doesn't give up at the first disturbance. */
@Component
class BatchKeeper {
  private static final int TRIES = 3;

  private final EventIntake intake;
  private final DoorFormats formats;
  private final MeterRegistry metrics;

  BatchKeeper(EventIntake intake, DoorFormats formats, MeterRegistry metrics) {
    this.intake = intake;
    this.formats = formats;
    this.metrics = metrics;
  }

  /** Waits until Kafka has the good rows and the quarantine those at fault, or gives up. */
  Acceptance keep(Arrival arrival, List<Row> rows) throws InterruptedException {
    EventFormat format = formats.of(arrival.door()).orElseThrow().of(arrival, BatchKeeper::idOf);
    List<Element> elements = rows.stream().map(Row::element).toList();
    Acceptance acceptance = intake.acceptGood(arrival, elements, format).join();
    for (int failed = 1; acceptance instanceof NotDurable(var pause) && failed < TRIES; failed++) {
      Thread.sleep(pause);
      acceptance = intake.acceptGood(arrival, elements, format).join();
    }
    switch (acceptance) {
      case Acceptance.Stored(var accepted, var rejected) -> count(arrival, accepted, rejected);
      case Acceptance.Refused(var rejected) -> count(arrival, 0, rejected);
      case NotDurable _ -> {}
    }
    return acceptance;
  }

  /** A message of history without an id: the same line is the same message. */
  private static String idOf(Element element) {
    return UUID.nameUUIDFromBytes(new String(element.bytes(), UTF_8).strip().getBytes(UTF_8))
        .toString();
  }

  private void count(Arrival arrival, int accepted, List<Rejection> rejected) {
    count(arrival, "accepted").increment(accepted);
    count(arrival, "rejected").increment(rejected.size());
  }

  private Counter count(Arrival arrival, String outcome) {
    return Counter.builder("rebound_ingest_import_rows_total")
        .description("Rows of imported files by kind and by what became of them")
        .tag("kind", arrival.door())
        .tag("outcome", outcome)
        .register(metrics);
  }
}
