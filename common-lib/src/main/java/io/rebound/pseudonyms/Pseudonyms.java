package io.rebound.pseudonyms;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rebound.events.IdentifierType;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives the pseudonym by which everybody behind the doors knows an identifier: {@code keyId '.'
 * base64url(HMAC-SHA-256(pepper, type '|' hash))}. The same identifier always has the same
 * pseudonym, and without the pepper nobody gets from one to the other.
 */
public final class Pseudonyms {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String prefix;
  private final ThreadLocal<Mac> keyed;

  public Pseudonyms(Pepper pepper) {
    Pepper.Key key = pepper.primaryKey();
    this.prefix = key.id() + ".";
    // a Mac has state, so each thread has its own
    this.keyed = ThreadLocal.withInitial(() -> mac(key));
  }

  private static Mac mac(Pepper.Key key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.secretBytes(), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
    }
  }

  /**
   * @param sha256Hex the identifier as Meta asks for it: normalised and hashed, 64 lower-case
   *     hexadecimal digits
   */
  public String of(IdentifierType type, String sha256Hex) {
    byte[] derived = keyed.get().doFinal((type.wireName() + "|" + sha256Hex).getBytes(US_ASCII));
    return prefix + BASE64.encodeToString(derived);
  }
}
