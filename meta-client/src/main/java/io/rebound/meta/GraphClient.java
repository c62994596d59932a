package io.rebound.meta;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.rebound.meta.GraphOutcome.RetryLater;
import io.rebound.meta.GraphOutcome.Setup;
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
  private final Tokens tokens;
  private final Pace pace;
  private final Holds holds;
  private final Answers answers;
  private final CallRecord calls;

  GraphClient(
      Transport transport,
      Tokens tokens,
      Circuits circuits,
      Pace pace,
      Holds holds,
      CallRecord calls) {
    this.transport = transport;
    this.tokens = tokens;
    this.circuits = circuits;
    this.pace = pace;
    this.holds = holds;
    this.answers = new Answers(pace, holds);
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

  /**
   * Whether a call of that kind would go to Meta now: no problem holds it, its limits have room,
   * and its circuit isn't open. Whoever keeps work in a table leaves it there while this is false,
   * so that it waits without being tried and all of it goes on the moment it can.
   */
  public boolean ready(Endpoint endpoint, String account) {
    GraphCall call = GraphCall.post(endpoint, account, account, "");
    return holds.over(call, tokens.current(call.token())).isEmpty()
        && pace.waitsUntil(call).isEmpty()
        && circuits.ready(call);
  }

  private <T> GraphOutcome<T> guarded(GraphCall call, Function<JsonNode, T> reader) {
    Token token = tokens.current(call.token());
    Optional<Setup<T>> held = holds.over(call, token);
    if (held.isPresent()) {
      return held.get();
    }
    Optional<Instant> paused = pace.begin(call);
    if (paused.isPresent()) {
      return new Throttled<>(paused.get(), GraphError.local(0, "the limit is nearly used up"));
    }
    Bulkhead bulkhead = circuits.bulkhead(call);
    if (!bulkhead.tryAcquirePermission()) {
      pace.end(call);
      return notNow("as many calls as allowed are under way");
    }
    try {
      return permitted(call, token, reader);
    } finally {
      bulkhead.onComplete();
      pace.end(call);
    }
  }

  private <T> GraphOutcome<T> permitted(GraphCall call, Token token, Function<JsonNode, T> reader) {
    CircuitBreaker breaker = circuits.breaker(call);
    if (!breaker.tryAcquirePermission()) {
      return notNow("the circuit is open: Meta failed lately");
    }
    Optional<Setup<T>> held = holds.overUnlessProbe(call, token);
    if (held.isPresent()) {
      breaker.releasePermission();
      return held.get();
    }
    RetryBudget budget = circuits.budget(call);
    if (!budget.begin()) {
      breaker.releasePermission();
      return notNow("as many calls as allowed were repeated lately");
    }
    Instant began = calls.now();
    GraphOutcome<T> outcome = measured(breaker, budget, call, token, reader);
    holds.after(call, began, outcome);
    return outcome;
  }

  private <T> GraphOutcome<T> measured(
      CircuitBreaker breaker,
      RetryBudget budget,
      GraphCall call,
      Token token,
      Function<JsonNode, T> reader) {
    long started = System.nanoTime();
    try {
      GraphOutcome<T> outcome = exchange(budget, call, token, reader);
      long took = System.nanoTime() - started;
      switch (outcome) {
        case Unknown<T>(var cause) -> {
          breaker.onError(took, TimeUnit.NANOSECONDS, cause);
          budget.failed();
        }
        case RetryLater<T>(_, var error) when error.isOutage() -> {
          breaker.onError(took, TimeUnit.NANOSECONDS, new IOException(error.summary()));
          budget.failed();
        }
        case GraphOutcome<T> _ -> { // Meta works and says so: no reason to stop calling it
          breaker.onSuccess(took, TimeUnit.NANOSECONDS);
          budget.answered();
        }
      }
      return outcome;
    } catch (RuntimeException e) {
      breaker.releasePermission(); // a defect of ours says nothing about Meta
      throw e;
    }
  }

  private <T> GraphOutcome<T> exchange(
      RetryBudget budget, GraphCall call, Token token, Function<JsonNode, T> reader) {
    try {
      GraphOutcome<JsonNode> outcome = answers.read(call, token, connected(budget, call, token));
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

  private HttpResponse<byte[]> connected(RetryBudget budget, GraphCall call, Token token)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return transport.send(call, token);
      } catch (Transport.NotSent e) {
        if (attempt == CONNECTION_TRIES || !budget.repeat()) {
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
