package io.rebound.whatsapp.messages;

import java.util.Arrays;
import java.util.Locale;

/** What became of a message. */
enum MessageState {
  /** Waits to be sent. */
  DUE,
  /** Meta is being called. */
  CALLING,
  /** Meta may have it: it is never sent again, and only a status webhook can tell. */
  UNKNOWN,
  /** The person doesn't allow messages, or can't be reached. */
  WITHHELD,
  /** What it was about has settled itself before it went out. */
  CANCELLED,
  /** Meta couldn't be reached until it was too late. */
  EXPIRED,
  /** Meta won't send it. */
  REFUSED,
  /** Meta has accepted it. */
  ACCEPTED,
  /** It has left Meta. */
  SENT,
  /** It is on the person's device. */
  DELIVERED,
  /** The person has read it. */
  READ,
  /** Meta accepted it and couldn't deliver it. */
  FAILED;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MessageState of(String wireName) {
    return Arrays.stream(values())
        .filter(state -> state.wireName().equals(wireName))
        .findFirst()
        .orElseThrow();
  }
}
