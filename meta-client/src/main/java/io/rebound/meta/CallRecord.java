package io.rebound.meta;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphOutcome.Refused;
import io.rebound.meta.GraphOutcome.RetryLater;
import io.rebound.meta.GraphOutcome.Setup;
import io.rebound.meta.GraphOutcome.Throttled;
import io.rebound.meta.GraphOutcome.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** What operators learn of each call: a counter, a timer, and a line where somebody should know. */
final class CallRecord {
  private static final Logger log = LoggerFactory.getLogger(GraphClient.class);

  private final MeterRegistry metrics;
  private final Clock clock;

  CallRecord(MeterRegistry metrics, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  void note(GraphCall call, Instant started, GraphOutcome<?> outcome) {
    String endpoint = call.endpoint().label();
    String label = outcome.label();
    boolean sent = outcome.wasSent();
    Counter.builder("rebound.meta.calls")
        .description(
            "Graph calls by endpoint, by what they came to, and whether Meta was asked:"
                + " the others were held back by a limit, a circuit or a problem at Meta")
        .tags("endpoint", endpoint, "outcome", label, "sent", String.valueOf(sent))
        .register(metrics)
        .increment();
    if (!sent) {
      log(call, outcome);
      return;
    }
    Timer.builder("rebound.meta.call")
        .description("Time of a Graph call that was sent, as the caller waits for it")
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(5))
        .maximumExpectedValue(Duration.ofSeconds(10))
        .tags("endpoint", endpoint, "outcome", label)
        .register(metrics)
        .record(Duration.between(started, clock.instant()));
    log(call, outcome);
  }

  private static void log(GraphCall call, GraphOutcome<?> outcome) {
    switch (outcome) {
      case Done<?> _ -> line(Level.DEBUG, call).log("Meta did it");
      case RetryLater<?>(_, var error) ->
          line(Level.DEBUG, call, error).log("Meta can't now; the work waits for its next try");
      case Throttled<?>(var until, var error) ->
          line(error.status() == 0 ? Level.DEBUG : Level.WARN, call, error)
              .addKeyValue("until", until)
              .log("Meta throttles the account; its calls pause");
      case Refused<?>(var error) -> line(Level.DEBUG, call, error).log("Meta refuses the request");
      case Setup<?>(_, _, var error) -> // announced once, when it begins
          line(Level.DEBUG, call, error).log("Something has to be put right first; the work waits");
      case Unknown<?>(var cause) ->
          line(Level.DEBUG, call)
              .addKeyValue("cause", String.valueOf(cause.getMessage()))
              .log("Sent to Meta, but no answer came");
    }
  }

  private static LoggingEventBuilder line(Level level, GraphCall call, GraphError error) {
    return line(level, call)
        .addKeyValue("status", error.status())
        .addKeyValue("code", error.code())
        .addKeyValue("subcode", error.subcode())
        .addKeyValue("fbtrace_id", error.fbtraceId());
  }

  private static LoggingEventBuilder line(Level level, GraphCall call) {
    return log.atLevel(level)
        .addKeyValue("endpoint", call.endpoint().label())
        .addKeyValue("account", call.account());
  }
}
