package io.rebound.sandbox.limits;

import java.time.Duration;

/**
 * The app's Marketing API access tier with its quotas (Marketing API, rate limiting; the page gives
 * two codes for a score that is used up, and not when which: here the tier decides).
 */
public enum Tier {
  LIMITED(
      "development_access",
      300,
      5_000,
      60,
      Duration.ofSeconds(300),
      new Refusal(
          400,
          613,
          1_487_742,
          "(#613) There have been too many calls from this ad-account. Please wait a bit and try again.")),
  FULL(
      "standard_access",
      100_000,
      190_000,
      9_000,
      Duration.ofSeconds(60),
      new Refusal(400, 17, Refusal.TOO_MANY_CALLS, "(#17) User request limit reached"));

  private static final long AUDIENCES_AT_MOST = 700_000;
  private static final int AN_ACTIVE_OBJECT = 40;
  private static final long CATALOGUE = 20_000; // of a catalogue that nobody has looked at yet
  private static final long REGISTERED_NUMBER = 5_000;

  private final String wire;
  private final long ads;
  private final long audiences;
  private final int score;
  private final Duration block;
  private final Refusal refusal;

  Tier(String wire, long ads, long audiences, int score, Duration block, Refusal refusal) {
    this.wire = wire;
    this.ads = ads;
    this.audiences = audiences;
    this.score = score;
    this.block = block;
    this.refusal = refusal;
  }

  String wire() {
    return wire;
  }

  int score() {
    return score;
  }

  Duration block() {
    return block;
  }

  Refusal refusal() {
    return refusal;
  }

  /** Calls an hour. */
  long quota(UseCase use) {
    return switch (use.type()) {
      case ADS_MANAGEMENT -> ads + (long) AN_ACTIVE_OBJECT * use.active();
      case CUSTOM_AUDIENCE ->
          Math.min(AUDIENCES_AT_MOST, audiences + (long) AN_ACTIVE_OBJECT * use.active());
      case CATALOGUE -> CATALOGUE;
      case WHATSAPP -> REGISTERED_NUMBER;
    };
  }
}
