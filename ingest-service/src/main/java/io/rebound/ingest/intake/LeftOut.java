package io.rebound.ingest.intake;

import java.util.Locale;

/**
 * Why an event that is read well goes nowhere: it is counted, and answered as one that is taken.
 */
public enum LeftOut implements Understood {
  /** A crawler caused it. */
  BOT,
  /** The source's settings ignore events of its name. */
  IGNORED;

  /** The word for it in metrics. */
  String outcome() {
    return name().toLowerCase(Locale.ROOT);
  }
}
