package io.rebound.ingest.intake;

import io.rebound.events.IdentifierType;

/** An identifier as it was sent. Lives only in memory. */
public record RawIdentifier(IdentifierType type, String value) {
  /** Never shows the value: this is personal data. */
  @Override
  public String toString() {
    return "RawIdentifier[" + type + "]";
  }
}
