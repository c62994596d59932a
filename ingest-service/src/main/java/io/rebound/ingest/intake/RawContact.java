package io.rebound.ingest.intake;

import org.jspecify.annotations.Nullable;

/** How whatsapp could reach the person, as it was sent. Lives only in memory. */
public record RawContact(String phone, @Nullable String firstName, @Nullable String language) {
  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "RawContact[…]";
  }
}
