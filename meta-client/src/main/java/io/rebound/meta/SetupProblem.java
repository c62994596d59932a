package io.rebound.meta;

import java.time.Duration;
import java.util.Locale;

/**
 * What a person has to put right before Meta does anything: the request is good, and no repeating
 * of it helps. Each names its cure, for whoever is woken by it.
 */
public enum SetupProblem {
  /** The token expired, was withdrawn, or isn't proven by the app's secret. */
  TOKEN("put a new access token: PUT /v1/tokens/{name}, or change the token file"),
  /** The app or the system user lacks a permission; a token is a snapshot of permissions. */
  PERMISSION("grant the permission at Meta, then generate a token that has it and put it"),
  /** Terms that only a person may accept. */
  TERMS("accept the terms in Meta's Business settings, for the ad account that is called"),
  /** The dataset, account, catalogue or number isn't shared with the token's system user. */
  ASSET("assign the called object to the system user in Meta's Business settings"),
  /** This one audience is blocked by Meta's integrity rules, or not shared with the account. */
  AUDIENCE("appeal in Ads Manager, or rename, share or replace the audience"),
  /** Meta restricted the account; Meta's guide: try again only after hours. */
  BLOCKED("read Account Quality in Meta's Business settings and appeal") {
    @Override
    Duration probeAtMostEvery() {
      return Duration.ofHours(1);
    }
  },
  /** The version is retired, or the path isn't Meta's. */
  VERSION("raise rebound.meta.version"),
  /** WhatsApp wants something of the number: registration, payment, display name. */
  NUMBER("put the number in order in WhatsApp Manager"),
  /** This one template is paused until Meta approves it again. */
  TEMPLATE("wait for the template's approval, or put another template");

  private final String cure;

  SetupProblem(String cure) {
    this.cure = cure;
  }

  /** What to do, as a sentence without its full stop. */
  public String cure() {
    return cure;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Duration probeAtMostEvery() {
    return Duration.ZERO;
  }
}
