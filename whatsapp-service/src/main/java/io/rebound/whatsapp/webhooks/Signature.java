package io.rebound.whatsapp.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.meta.MetaProperties;
import io.rebound.startup.Misconfigured;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Meta's {@code X-Hub-Signature-256}: {@code sha256=} and the hexadecimal HMAC-SHA-256 of the
 * body's bytes as they came, keyed by the app secret (Graph webhooks, "Validating payloads").
 */
@Component
class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";

  private final SecretKeySpec key;

  Signature(MetaProperties meta) {
    String secret = meta.appSecret();
    if (secret == null || secret.isBlank()) {
      throw new Misconfigured(
          "rebound.meta.app-secret must be set: it proves that webhooks are Meta's");
    }
    key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
  }

  boolean matches(byte[] body, @Nullable String header) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
      return false;
    }
    try {
      byte[] given = HexFormat.of().parseHex(header, PREFIX.length(), header.length());
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return MessageDigest.isEqual(mac.doFinal(body), given);
    } catch (IllegalArgumentException e) { // not hexadecimal
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
