package io.rebound.meta;

import java.util.Locale;

/** The endpoints we call, as they are told apart in metrics, circuits and logs. */
public enum Endpoint {
  EVENTS,
  AUDIENCES,
  AUDIENCE_USERS,
  ITEMS_BATCH,
  ITEMS_BATCH_STATUS,
  MESSAGES,
  TEMPLATES;

  private final String label = name().toLowerCase(Locale.ROOT);

  public String label() {
    return label;
  }
}
