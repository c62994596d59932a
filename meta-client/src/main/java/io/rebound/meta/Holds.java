package io.rebound.meta;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphOutcome.Refused;
import io.rebound.meta.GraphOutcome.RetryLater;
import io.rebound.meta.GraphOutcome.Setup;
import io.rebound.meta.GraphOutcome.Throttled;
import io.rebound.meta.GraphOutcome.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for a person. A problem is announced once, when it begins, and once more when it is
 * over; until then no call it concerns is made but a single one now and then. A token that was
 * replaced since lets one through at once.
 */
final class Holds {
  private static final Logger log = LoggerFactory.getLogger(GraphClient.class);
  private static final Duration SHORT_PAUSE = Duration.ofMillis(100);

  private final Map<String, Hold> holds = new ConcurrentHashMap<>();
  private final Tokens tokens;
  private final Duration probeEvery;
  private final Clock clock;

  /**
   * @param token the one that was used last: with one put since it's worth a try
   * @param write whether it was met by a call that writes: one that only reads needs less, so it is
   *     neither held by it nor a sign that it is over
   */
  private record Hold(
      SetupProblem problem,
      GraphError error,
      Token token,
      boolean write,
      Instant since,
      Instant probeAt) {
    boolean concerns(GraphCall call) {
      return problem == SetupProblem.TOKEN || !write || call.writes();
    }

    Hold probing(Token with, Instant nextProbe) {
      return new Hold(problem, error, with, write, since, nextProbe);
    }

    boolean waits(Token now, Instant at) {
      return same(token, now) && at.isBefore(probeAt);
    }

    <T> Setup<T> outcome() {
      return new Setup<>(problem, probeAt, error.notSent());
    }
  }

  Holds(Tokens tokens, Duration probeEvery, Clock clock, MeterRegistry metrics) {
    this.tokens = tokens;
    this.probeEvery = probeEvery;
    this.clock = clock;
    for (SetupProblem problem : SetupProblem.values()) {
      Gauge.builder("rebound.meta.setup.held", holds, all -> count(all, problem))
          .description("What is held until a person puts something right at Meta, by problem")
          .tag("problem", problem.label())
          .register(metrics);
    }
  }

  private static long count(Map<String, Hold> holds, SetupProblem problem) {
    return holds.values().stream().filter(hold -> hold.problem() == problem).count();
  }

  /** Why the call isn't made now, if it isn't. */
  <T> Optional<Setup<T>> over(GraphCall call, Token token) {
    Instant now = clock.instant();
    return scopes(call)
        .map(holds::get)
        .filter(hold -> hold != null && hold.concerns(call) && hold.waits(token, now))
        .findFirst()
        .map(Hold::outcome);
  }

  /** Like {@link #over}, but a call that may be made is this problem's only one for a while. */
  <T> Optional<Setup<T>> overUnlessProbe(GraphCall call, Token token) {
    Optional<Setup<T>> waits = over(call, token);
    if (waits.isPresent()) {
      return waits;
    }
    for (String scope : scopes(call).toList()) {
      Hold hold = holds.get(scope);
      if (hold != null
          && hold.concerns(call)
          && !holds.replace(scope, hold, hold.probing(token, next(hold.problem())))) {
        return Optional.of(hold.outcome()); // another call is the probe
      }
    }
    return Optional.empty();
  }

  /** Meta's answer names the problem: what it concerns is held from now on. */
  <T> GraphOutcome<T> begin(GraphCall call, Token used, SetupProblem problem, GraphError error) {
    if (!same(used, tokens.current(call.token()))) {
      return new RetryLater<>(SHORT_PAUSE, error); // the new one hasn't been tried yet
    }
    var hold = new Hold(problem, error, used, call.writes(), clock.instant(), next(problem));
    Hold before = holds.put(scope(call, problem), hold);
    if (before == null || before.problem() != problem) {
      line(call, hold).log("Meta wants something put right first; the work is kept until then");
    }
    return new Setup<>(problem, hold.probeAt(), error);
  }

  /** What a call came to may say that a problem is over, if it began after the problem was met. */
  void after(GraphCall call, Instant began, GraphOutcome<?> outcome) {
    switch (outcome) {
      case Done<?> _ -> scopes(call).forEach(scope -> end(call, began, scope));
      case Refused<?> _ -> end(call, began, scope(call, SetupProblem.TOKEN)); // the token passed
      case Setup<?>(var problem, _, _) -> {
        if (problem != SetupProblem.TOKEN) {
          end(call, began, scope(call, SetupProblem.TOKEN));
        }
      }
      case RetryLater<?> _, Throttled<?> _, Unknown<?> _ -> {}
    }
  }

  private void end(GraphCall call, Instant began, String scope) {
    Hold over = holds.get(scope);
    if (over != null
        && over.concerns(call)
        && !began.isBefore(over.since())
        && holds.remove(scope, over)) {
      log.atInfo()
          .addKeyValue("problem", over.problem().label())
          .addKeyValue("endpoint", call.endpoint().label())
          .addKeyValue("account", call.account())
          .log("It is put right; the work that waited goes on");
    }
  }

  // by identity: the same token put once more says that something was put right
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(Token one, Token other) {
    return one == other;
  }

  private Instant next(SetupProblem problem) {
    Duration least = problem.probeAtMostEvery();
    return clock.instant().plus(probeEvery.compareTo(least) > 0 ? probeEvery : least);
  }

  private static Stream<String> scopes(GraphCall call) {
    return List.of(tokenScope(call), accountScope(call), subjectScope(call)).stream();
  }

  private static String scope(GraphCall call, SetupProblem problem) {
    return switch (problem) {
      case TOKEN -> tokenScope(call);
      case PERMISSION, TERMS, BLOCKED, VERSION, NUMBER -> accountScope(call);
      case AUDIENCE, TEMPLATE -> subjectScope(call);
      // only an audience can be missing by itself
      case ASSET ->
          call.endpoint() == Endpoint.AUDIENCE_USERS ? subjectScope(call) : accountScope(call);
    };
  }

  private static String tokenScope(GraphCall call) {
    return "token/" + call.token();
  }

  private static String accountScope(GraphCall call) {
    return "account/" + call.endpoint().family() + "/" + call.account();
  }

  // without a subject of its own a call is about its account
  private static String subjectScope(GraphCall call) {
    return accountScope(call) + "/" + call.subject();
  }

  private static org.slf4j.spi.LoggingEventBuilder line(GraphCall call, Hold hold) {
    return log.atError()
        .addKeyValue("problem", hold.problem().label())
        .addKeyValue("cure", hold.problem().cure())
        .addKeyValue("endpoint", call.endpoint().label())
        .addKeyValue("account", call.account())
        .addKeyValue("subject", call.subject())
        .addKeyValue("code", hold.error().code())
        .addKeyValue("subcode", hold.error().subcode())
        .addKeyValue("fbtrace_id", hold.error().fbtraceId())
        .addKeyValue("next_try", hold.probeAt());
  }
}
