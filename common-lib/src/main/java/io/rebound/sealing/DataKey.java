package io.rebound.sealing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES-256-GCM key for many envelopes. Each box begins with its own nonce of 12 bytes, a counter:
 * a key is made by one {@link Sealer}, lives only in its memory and dies with it, so no nonce comes
 * twice under one key (NIST SP 800-38D, 8.2.1).
 */
final class DataKey {
  static final int BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  // looking a cipher up costs as much as an envelope
  private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(DataKey::newCipher);

  private final SecretKeySpec key;
  private final AtomicLong sealed = new AtomicLong();

  DataKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new UnreadableSeal("The data key has the wrong length");
    }
    this.key = new SecretKeySpec(bytes, "AES");
  }

  byte[] encrypt(byte[] plain, byte[] boundTo) {
    byte[] nonce =
        ByteBuffer.allocate(NONCE_BYTES)
            .putLong(NONCE_BYTES - Long.BYTES, sealed.incrementAndGet())
            .array();
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
    Cipher cipher = CIPHER.get();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(boundTo);
    return cipher;
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM", e);
    }
  }
}
