package io.rebound.meta;

import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphOutcome.Refused;
import io.rebound.meta.GraphOutcome.RetryLater;
import io.rebound.meta.GraphOutcome.Throttled;
import io.rebound.meta.GraphOutcome.Unknown;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an HTTP answer as an outcome: by Meta's code, never by the status alone. */
final class Answers {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(GraphClient.class);

  private final AtomicBoolean warnedOfVersion = new AtomicBoolean();
  private final Pace pace;
  private final Holds holds;

  Answers(Pace pace, Holds holds) {
    this.pace = pace;
    this.holds = holds;
  }

  GraphOutcome<JsonNode> read(GraphCall call, Token token, HttpResponse<byte[]> response) {
    // Meta serves a retired version by a newer one where it can, and says so
    response
        .headers()
        .firstValue("x-ad-api-version-warning")
        .filter(_ -> warnedOfVersion.compareAndSet(false, true))
        .ifPresent(_ ->
            log.atWarn()
                .addKeyValue("endpoint", call.endpoint().label())
                .addKeyValue("cure", SetupProblem.VERSION.cure())
                .log("Meta serves our calls by a newer version, ours is retired"));
    Usage usage = Usage.read(response.headers(), call);
    pace.note(call, usage, response.statusCode() == 200);
    JsonNode body;
    try {
      body = JSON.readTree(response.body());
    } catch (JacksonException e) {
      return unreadable(response.statusCode());
    }
    JsonNode error = body.path("error");
    if (error.isObject()) { // a failure even under status 200
      return failed(call, token, GraphError.read(response.statusCode(), error), usage);
    }
    return response.statusCode() == 200 && body.isContainer()
        ? new Done<>(body)
        : unreadable(response.statusCode());
  }

  private GraphOutcome<JsonNode> failed(
      GraphCall call, Token token, GraphError error, Usage usage) {
    ErrorCodes.Reaction reaction = ErrorCodes.reaction(error);
    return switch (reaction) {
      case RETRY -> new RetryLater<>(SHORT_PAUSE, error);
      case THROTTLED -> new Throttled<>(pace.throttled(call, usage, error), error);
      case REFUSED -> new Refused<>(error);
      case TOKEN, PERMISSION, TERMS, ASSET, AUDIENCE, BLOCKED, VERSION, NUMBER, TEMPLATE ->
          holds.begin(call, token, Objects.requireNonNull(reaction.problem()), error);
    };
  }

  // HTML from a gateway, half an answer, a redirect. A 4xx was turned away on its way; after
  // anything else Meta may have done what we asked.
  private static GraphOutcome<JsonNode> unreadable(int status) {
    return status >= 400 && status < 500
        ? new RetryLater<>(
            SHORT_PAUSE, GraphError.local(status, "HTTP " + status + " without Meta's error"))
        : new Unknown<>(new IOException("HTTP " + status + " without a readable answer"));
  }
}
