package io.rebound.sealing;

import io.rebound.events.Sealed;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * Which of a receiver's keys an envelope was sealed to. Tink writes it in front of what it
 * encrypts: a byte 1 and the key's id, 4 bytes, big-endian.
 *
 * @see <a href="https://developers.google.com/tink/wire-format">Tink's wire format</a>
 */
public final class SealingKeyId {
  private static final int PREFIX_CHARACTERS = 8;
  private static final int PREFIX_BYTES = 5;

  private SealingKeyId() {}

  /** Empty if the envelope is none of ours. */
  public static OptionalLong of(Sealed sealed) {
    return of(sealed.key());
  }

  static OptionalLong of(String wrapped) {
    if (wrapped.length() < PREFIX_CHARACTERS) {
      return OptionalLong.empty();
    }
    byte[] prefix;
    try {
      prefix = Base64.getUrlDecoder().decode(wrapped.substring(0, PREFIX_CHARACTERS));
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
    if (prefix[0] != 1) {
      return OptionalLong.empty();
    }
    long id = 0;
    for (int at = 1; at < PREFIX_BYTES; at++) {
      id = id << Byte.SIZE | prefix[at] & 0xFF;
    }
    return OptionalLong.of(id);
  }
}
