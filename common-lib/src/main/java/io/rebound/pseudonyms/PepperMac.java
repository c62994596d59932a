package io.rebound.pseudonyms;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rebound.events.IdentifierType;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The pseudonyms of one key. */
final class PepperMac {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String prefix;
  private final @Nullable Instant retiredAt;
  private final ThreadLocal<Mac> keyed;

  PepperMac(Pepper.Key key) {
    this.prefix = key.id() + ".";
    this.retiredAt = key.retiredAt();
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

  boolean livedAt(Instant moment) {
    return retiredAt == null || moment.isBefore(retiredAt);
  }

  boolean made(String pseudonym) {
    return pseudonym.startsWith(prefix);
  }

  String of(IdentifierType type, String sha256Hex) {
    byte[] derived = keyed.get().doFinal((type.wireName() + "|" + sha256Hex).getBytes(US_ASCII));
    return prefix + BASE64.encodeToString(derived);
  }
}
