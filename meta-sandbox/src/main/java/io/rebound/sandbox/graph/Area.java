package io.rebound.sandbox.graph;

/** The part of Meta that an object belongs to: permissions and limits go by it. */
public enum Area {
  /** Datasets and what was received. */
  EVENTS,
  /** Ad accounts and audiences; versions end with the Marketing API's, earlier than the others. */
  ADVERTISING,
  /** Catalogues with their items, sets and feeds. */
  CATALOGUE,
  /** WhatsApp business accounts with their numbers and templates. */
  WHATSAPP
}
