package io.rebound.meta;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Meta's usage headers say about the limits: {@code X-Business-Use-Case-Usage}, {@code
 * X-Ad-Account-Usage} and {@code X-App-Usage} (Graph API, rate limiting).
 *
 * @param useCase of the call's business object; empty if no header speaks of it
 */
record Usage(Optional<Limit> useCase, Optional<Limit> account, Optional<Limit> app) {
  private static final String AUDIENCES = "custom_audience";
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * How much of a limit is used.
   *
   * @param percent the highest of what Meta counts
   * @param pause how long until it may be used again; zero if Meta doesn't say
   */
  record Limit(double percent, Duration pause) {
    static final Limit UNUSED = new Limit(0, Duration.ZERO);

    private Limit or(Limit other) {
      return new Limit(Math.max(percent, other.percent), longer(pause, other.pause));
    }
  }

  static Usage read(HttpHeaders headers, GraphCall call) {
    return new Usage(
        useCase(json(headers, "x-business-use-case-usage"), call),
        account(json(headers, "x-ad-account-usage")),
        app(json(headers, "x-app-usage")));
  }

  Duration longestWait() {
    return Stream.of(useCase, account, app)
        .flatMap(Optional::stream)
        .map(Limit::pause)
        .reduce(Duration.ZERO, Usage::longer);
  }

  // The key is a business object: ours if it is named, else any may be meant (a catalogue's
  // business). Of an ad account only the type that we use counts: others may run its campaigns.
  private static Optional<Limit> useCase(JsonNode all, GraphCall call) {
    JsonNode own = all.path(call.account().replace("act_", ""));
    Stream<JsonNode> uses =
        own.isArray()
            ? own.valueStream()
            : all.valueStream()
                .flatMap(object -> StreamSupport.stream(object.spliterator(), false));
    List<JsonNode> ours =
        uses.filter(use ->
                !call.endpoint().family().equals(AUDIENCES)
                    || use.path("type").asString(AUDIENCES).equals(AUDIENCES))
            .toList();
    return ours.stream()
        .map(use ->
            new Limit(
                highest(use),
                Duration.ofMinutes(use.path("estimated_time_to_regain_access").asLong(0))))
        .reduce(Limit::or);
  }

  // the wait is the time until nothing is used any more: it counts only once all is
  private static Optional<Limit> account(JsonNode use) {
    if (use.isEmpty()) {
      return Optional.empty();
    }
    double percent = use.path("acc_id_util_pct").asDouble(0);
    long seconds = percent < Bucket.USED_UP ? 0 : use.path("reset_time_duration").asLong(0);
    return Optional.of(new Limit(percent, Duration.ofSeconds(seconds)));
  }

  private static Optional<Limit> app(JsonNode use) {
    return use.isEmpty() ? Optional.empty() : Optional.of(new Limit(highest(use), Duration.ZERO));
  }

  private static double highest(JsonNode use) {
    return Stream.of("call_count", "total_cputime", "total_time")
        .mapToDouble(count -> use.path(count).asDouble(0))
        .max()
        .orElse(0);
  }

  private static JsonNode json(HttpHeaders headers, String name) {
    try {
      return JSON.readTree(headers.firstValue(name).orElse("{}"));
    } catch (JacksonException e) {
      return JSON.createObjectNode(); // a header nobody can read limits nothing
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
