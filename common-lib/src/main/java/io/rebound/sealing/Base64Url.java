package io.rebound.sealing;

import java.util.Base64;

/** How envelopes are written. */
final class Base64Url {
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  static byte[] decoded(String text) {
    try {
      return DECODER.decode(text);
    } catch (IllegalArgumentException e) {
      throw new UnreadableSeal("The envelope isn't base64url");
    }
  }
}
