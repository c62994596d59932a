package io.rebound.whatsapp.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.meta.MetaProperties;
import io.rebound.meta.Tokens;
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
 * body's bytes as they came, keyed by the app secret, the configured one or the one put with the
 * token (Graph webhooks, "Validating payloads").
 */
@Component
class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";

  private final String configured;
  private final Tokens tokens;

  Signature(MetaProperties meta, Tokens tokens) {
    String secret = meta.appSecret();
    if (secret == null || secret.isBlank()) {
      throw new Misconfigured(
          "rebound.meta.app-secret must be set: it proves that webhooks are Meta's");
    }
    this.configured = secret;
    this.tokens = tokens;
  }

  boolean matches(byte[] body, @Nullable String header) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
      return false;
    }
    try {
      byte[] given = HexFormat.of().parseHex(header, PREFIX.length(), header.length());
      String put = tokens.current(Tokens.DEFAULT).appSecret();
      // while a secret is changed Meta may sign with either
      return MessageDigest.isEqual(mac(configured, body), given)
          || (put != null && MessageDigest.isEqual(mac(put, body), given));
    } catch (IllegalArgumentException e) { // not hexadecimal
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(String secret, byte[] body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(ALGORITHM);
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
    return mac.doFinal(body);
  }
}
