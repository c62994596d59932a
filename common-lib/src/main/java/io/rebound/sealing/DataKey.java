package io.rebound.sealing;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES-256-GCM key for many envelopes. Each box begins with its own random nonce of 12 bytes;
 * NIST SP 800-38D allows 2^32 of them under one key, {@link Sealer} stays far below.
 */
final class DataKey {
  static final int BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  DataKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new UnreadableSeal("The data key has the wrong length");
    }
    this.key = new SecretKeySpec(bytes, "AES");
  }

  byte[] encrypt(byte[] plain, byte[] boundTo, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, boundTo);
      byte[] box = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
      int written = cipher.doFinal(plain, 0, plain.length, box, NONCE_BYTES);
      return NONCE_BYTES + written == box.length ? box : Arrays.copyOf(box, NONCE_BYTES + written);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An envelope can't be sealed", e);
    }
  }

  byte[] decrypt(byte[] box, byte[] boundTo) {
    if (box.length < NONCE_BYTES + TAG_BITS / 8) {
      throw new UnreadableSeal("The envelope is too short");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(box, NONCE_BYTES), boundTo)
          .doFinal(box, NONCE_BYTES, box.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new UnreadableSeal("The envelope isn't this event's or was changed");
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] boundTo) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(boundTo);
    return cipher;
  }
}
