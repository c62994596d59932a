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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import tools.jackson.databind.JsonNode;

/**
 * Asks Meta once a day, and of each new token at once, how long it lives ({@code GET
 * /debug_token}), and warns before it ends: tokens may last 60 days, and one that expired can't be
 * refreshed any more (system users, "Refresh an access token").
 */
public final class TokenWatch {
  private static final Logger log = LoggerFactory.getLogger(TokenWatch.class);
  private static final Duration ASK_EVERY = Duration.ofDays(1);
  private static final Duration WARN_BEFORE = Duration.ofDays(14);

  private final GraphClient graph;
  private final Tokens tokens;
  private final Clock clock;
  private @Nullable Token asked;
  private Instant askAgain = Instant.EPOCH;
  private volatile @Nullable Instant expiresAt;

  TokenWatch(GraphClient graph, Tokens tokens, Clock clock, MeterRegistry metrics) {
    this.graph = graph;
    this.tokens = tokens;
    this.clock = clock;
    Gauge.builder("rebound.meta.token.expires.seconds", this, TokenWatch::secondsLeft)
        .description(
            "How long the access token lives yet; infinite if it never ends or Meta"
                + " hasn't told")
        .tag("token", Tokens.DEFAULT)
        .register(metrics);
  }

  private double secondsLeft() {
    Instant end = expiresAt;
    return end == null
        ? Double.POSITIVE_INFINITY
        : Duration.between(clock.instant(), end).toSeconds();
  }

  /** Asks if it is time to. */
  @Scheduled(fixedDelayString = "PT30S")
  synchronized void look() {
    Token token = tokens.current(Tokens.DEFAULT);
    Instant now = clock.instant();
    if (token.equals(asked) && now.isBefore(askAgain)) {
      return;
    }
    askAgain = now.plus(ASK_EVERY);
    asked = token;
    GraphCall call =
        GraphCall.get(Endpoint.DEBUG_TOKEN, "", "debug_token").with("input_token", token.value());
    switch (graph.call(call, answer -> answer.required("data"))) {
      case Done<JsonNode>(var data) -> learned(data, now);
      case RetryLater<JsonNode> _, Throttled<JsonNode> _, Unknown<JsonNode> _ ->
          askAgain = now.plus(Duration.ofMinutes(10));
      // the client has announced it; a token that can't ask about itself still may be good
      case Setup<JsonNode> _, Refused<JsonNode> _ -> expiresAt = null;
    }
  }

  private void learned(JsonNode data, Instant now) {
    long end = data.path("expires_at").asLong(0);
    expiresAt = end == 0 ? null : Instant.ofEpochSecond(end);
    if (!data.path("is_valid").asBoolean(true)) {
      log.atError()
          .addKeyValue("token", Tokens.DEFAULT)
          .addKeyValue("cure", SetupProblem.TOKEN.cure())
          .log("Meta says that the access token isn't valid");
    } else if (end != 0 && now.plus(WARN_BEFORE).isAfter(Instant.ofEpochSecond(end))) {
      log.atWarn()
          .addKeyValue("token", Tokens.DEFAULT)
          .addKeyValue("expires_at", Instant.ofEpochSecond(end))
          .addKeyValue("cure", SetupProblem.TOKEN.cure())
          .log("The access token ends soon; then all work waits for a new one");
    }
  }
}
