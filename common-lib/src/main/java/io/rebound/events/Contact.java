package io.rebound.events;

import org.jspecify.annotations.Nullable;

/**
 * What is inside a contact envelope, opened only in whatsapp's memory.
 *
 * @param phone E.164 with the plus sign
 * @param firstName as the shop sent it
 * @param language a BCP 47 tag, for instance {@code de} or {@code en-US}
 */
public record Contact(String phone, @Nullable String firstName, @Nullable String language) {
  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "Contact[…]";
  }
}
