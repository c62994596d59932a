package io.rebound.meta;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps tokens secret where they are stored: AES-256-GCM under a key from the configuration, bound
 * to the token's name. Who reads the database alone reads no token.
 */
final class TokenSeal {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  TokenSeal(String secret) {
    try {
      key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract()
                      .addIKM(secret.getBytes(UTF_8))
                      .thenExpand("rebound meta token".getBytes(UTF_8), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK can't derive the key of tokens", e);
    }
  }

  /**
   * What is kept.
   *
   * @param over the fingerprint of the configured token that it was put over
   */
  record Kept(Token token, String over) {}

  String seal(String name, Kept kept) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, iv).doFinal(JSON.writeValueAsBytes(kept));
      byte[] all = new byte[IV_BYTES + sealed.length];
      System.arraycopy(iv, 0, all, 0, IV_BYTES);
      System.arraycopy(sealed, 0, all, IV_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK can't seal a token", e);
    }
  }

  /** Empty if it was sealed under another key or another name. */
  Optional<Kept> open(String name, String sealed) {
    try {
      byte[] all = Base64.getDecoder().decode(sealed);
      byte[] iv = Arrays.copyOf(all, IV_BYTES);
      byte[] opened =
          cipher(Cipher.DECRYPT_MODE, name, iv).doFinal(all, IV_BYTES, all.length - IV_BYTES);
      return Optional.of(JSON.readValue(opened, Kept.class));
    } catch (GeneralSecurityException | JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, String name, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
    cipher.updateAAD(name.getBytes(UTF_8));
    return cipher;
  }
}
