package io.rebound.meta;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.rebound.meta.GraphOutcome.RetryLater;
import io.rebound.meta.GraphOutcome.Throttled;
import io.rebound.meta.GraphOutcome.Unknown;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Calls the Graph API and says what came of it, as a value. It never throws for anything Meta or
 * the network does. It repeats a call by itself only while no connection could be made, so nothing
 * was sent; when to try again is in the outcome, and the work waits in the caller's own queue
 * table.
 */
public final class GraphClient {
  private static final int CONNECTION_TRIES = 3;
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);

  private final Transport transport;
  private final Circuits circuits;
  private final Pace pace;
  private final Answers answers;
  private final CallRecord calls;

  GraphClient(Transport transport, Circuits circuits, Pace pace, CallRecord calls) {
    this.transport = transport;
    this.circuits = circuits;
    this.pace = pace;
    this.answers = new Answers(pace);
    this.calls = calls;
  }

  /**
   * Makes the call, on the caller's thread.
   *
   * @param reader makes sense of Meta's answer; where it can't, the outcome is {@link Unknown}
   */
  public <T> GraphOutcome<T> call(GraphCall call, Function<JsonNode, T> reader) {
    Instant started = calls.now();
    GraphOutcome<T> outcome = guarded(call, reader);
    calls.note(call, started, outcome);
    return outcome;
  }

  private <T> GraphOutcome<T> guarded(GraphCall call, Function<JsonNode, T> reader) {
    Optional<Instant> paused = pace.pausedUntil(call.account());
    if (paused.isPresent()) {
      return new Throttled<>(paused.get(), GraphError.local(0, "the account's limit is used up"));
    }
    Bulkhead bulkhead = circuits.bulkhead(call);
    if (!bulkhead.tryAcquirePermission()) {
      return notNow("as many calls as allowed are under way");
    }
    try {
      CircuitBreaker breaker = circuits.breaker(call);
      return breaker.tryAcquirePermission()
          ? measured(breaker, call, reader)
          : notNow("the circuit is open: Meta failed lately");
    } finally {
      bulkhead.onComplete();
    }
  }

  private <T> GraphOutcome<T> measured(
      CircuitBreaker breaker, GraphCall call, Function<JsonNode, T> reader) {
    long started = System.nanoTime();
    try {
      GraphOutcome<T> outcome = exchange(call, reader);
      long took = System.nanoTime() - started;
      switch (outcome) {
        case Unknown<T>(var cause) -> breaker.onError(took, TimeUnit.NANOSECONDS, cause);
        case RetryLater<T>(_, var error) when error.isOutage() ->
            breaker.onError(took, TimeUnit.NANOSECONDS, new IOException(error.summary()));
        // Meta works and says so: no reason to stop calling it
        case GraphOutcome<T> _ -> breaker.onSuccess(took, TimeUnit.NANOSECONDS);
      }
      return outcome;
    } catch (RuntimeException e) {
      breaker.releasePermission(); // a defect of ours says nothing about Meta
      throw e;
    }
  }

  private <T> GraphOutcome<T> exchange(GraphCall call, Function<JsonNode, T> reader) {
    try {
      GraphOutcome<JsonNode> outcome = answers.read(call, connected(call));
      try {
        return outcome.map(reader);
      } catch (RuntimeException e) {
        return new Unknown<>(new IOException("Meta's answer has another form than documented", e));
      }
    } catch (Transport.NotSent e) {
      return notNow("no connection to Meta");
    } catch (IOException e) {
      return new Unknown<>(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unknown<>(e);
    }
  }

  private HttpResponse<byte[]> connected(GraphCall call) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return transport.send(call);
      } catch (Transport.NotSent e) {
        if (attempt == CONNECTION_TRIES) {
          throw e;
        }
        Thread.sleep(ThreadLocalRandom.current().nextLong(20, 100L * attempt));
      }
    }
  }

  private static <T> GraphOutcome<T> notNow(String why) {
    return new RetryLater<>(SHORT_PAUSE, GraphError.local(0, why));
  }
}
