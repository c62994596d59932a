package io.rebound.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.EventKey;

/**
 * What an envelope is bound to beside its key: the event it came with. Moved to another event it
 * doesn't open.
 */
final class Binding {
  /** Tells our wrapped data keys from anything else ever encrypted to the same public key. */
  static final byte[] DATA_KEY = "rebound data key v1".getBytes(UTF_8);

  private Binding() {}

  /** No source id contains a slash, so no two events give the same bytes. */
  static byte[] to(EventKey event) {
    return event.toString().getBytes(UTF_8);
  }
}
