package io.rebound.meta;

import java.util.Locale;

/** The endpoints we call, as they are told apart in metrics, circuits and logs. */
public enum Endpoint {
  EVENTS("conversions"),
  AUDIENCES("custom_audience"),
  AUDIENCE_USERS("custom_audience"),
  ITEMS_BATCH("catalog_batch"),
  ITEMS_BATCH_STATUS("catalog_management"),
  MESSAGES("whatsapp"),
  TEMPLATES("whatsapp_management"),
  DEBUG_TOKEN("tokens");

  private final String label = name().toLowerCase(Locale.ROOT);
  private final String family;

  Endpoint(String family) {
    this.family = family;
  }

  public String label() {
    return label;
  }

  /**
   * Endpoints that share permissions, terms and, for one account, Meta's business-use-case limit.
   */
  String family() {
    return family;
  }
}
