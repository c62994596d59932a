package io.rebound.sandbox.limits;

import io.rebound.sandbox.SandboxProperties;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Counts calls, tells what is used of the limits, and refuses what goes beyond. In the instant
 * profile no limit is ever reached; what is used is told nevertheless.
 */
@Component
public final class Limits {
  private static final int SHORT_OF_A_LIMIT = 99;

  private final boolean instant;
  private final long usual;
  private final LimitsProperties limits;
  private final Clock clock;
  private final Map<Counted, RollingHour> hours = new ConcurrentHashMap<>();
  private final Map<String, Score> scores = new ConcurrentHashMap<>();

  Limits(SandboxProperties properties, LimitsProperties limits, Clock clock) {
    this.instant = properties.profile() == SandboxProperties.Profile.INSTANT;
    this.usual = Math.max(1, properties.callsPerHour());
    this.limits = limits;
    this.clock = clock;
  }

  private record Counted(String type, String object) {}

  /** Counts a call that belongs to no business object. */
  public Optional<Refusal> countForApp(Map<String, String> headers) {
    RollingHour.Use use = count("app", "", limits.appCallsPerHour());
    if (isShown(use.percent())) {
      headers.put("X-App-Usage", app(use.percent()));
    }
    return use.isBlocked() ? Optional.of(Refusal.ofApp()) : Optional.empty();
  }

  /**
   * Counts a call for its business object, which is not counted for the app then.
   *
   * @param headers take what is used
   */
  public Optional<Refusal> count(UseCase use, boolean write, Map<String, String> headers) {
    if (instant) {
      countForApp(headers);
    }
    RollingHour.Use hour = count(use.type().name(), use.object(), limits.quota(use));
    if (isShown(hour.percent())) {
      headers.put("X-Business-Use-Case-Usage", business(use, hour));
    }
    if (hour.isBlocked()) {
      return Optional.of(use.type().refusal());
    }
    return use.type() == UseCase.Type.ADS_MANAGEMENT && !instant
        ? score(use.object(), write, headers)
        : Optional.empty();
  }

  /** Forgets all calls. */
  public void clear() {
    hours.clear();
    scores.clear();
  }

  private RollingHour.Use count(String type, String object, long quota) {
    long minute = clock.instant().getEpochSecond() / 60;
    var hour = hours.computeIfAbsent(new Counted(type, object), _ -> new RollingHour());
    return instant ? hour.count(minute, usual, SHORT_OF_A_LIMIT) : hour.count(minute, quota);
  }

  private Optional<Refusal> score(String account, boolean write, Map<String, String> headers) {
    Tier tier = limits.tier();
    Score.Use use =
        scores
            .computeIfAbsent(account, _ -> new Score())
            .count(clock.millis(), write, tier.score(), tier.block());
    if (isShown(use.percent())) {
      headers.put(
          "X-Ad-Account-Usage",
          String.format(
              Locale.ROOT,
              "{\"acc_id_util_pct\":%.2f,\"reset_time_duration\":%d,\"ads_api_access_tier\":\"%s\"}",
              use.percent(),
              use.secondsToZero(),
              tier.wire()));
    }
    return use.isBlocked() ? Optional.of(tier.refusal()) : Optional.empty();
  }

  // Meta tells nothing while little is used
  private boolean isShown(double percent) {
    return instant || percent >= limits.shownFrom();
  }

  private static String app(long percent) {
    return "{\"call_count\":%d,\"total_time\":%d,\"total_cputime\":%d}"
        .formatted(percent, percent, percent);
  }

  private String business(UseCase use, RollingHour.Use hour) {
    String tier = instant ? Tier.FULL.wire() : limits.tier().wire();
    return "{\"%s\":[{\"type\":\"%s\",\"call_count\":%d,\"total_cputime\":%d,\"total_time\":%d,\"estimated_time_to_regain_access\":%d%s}]}"
        .formatted(
            use.object(),
            use.type().wire(),
            hour.percent(),
            hour.percent(),
            hour.percent(),
            hour.minutesToRegain(),
            use.type().ofAdAccount() ? ",\"ads_api_access_tier\":\"" + tier + "\"" : "");
  }
}
