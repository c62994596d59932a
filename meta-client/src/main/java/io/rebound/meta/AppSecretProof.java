package io.rebound.meta;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows Meta that who holds the token also holds the app's secret: {@code appsecret_proof} in its
 * classic form, hex HMAC-SHA-256 of the token under the secret.
 */
record AppSecretProof(String appSecret) {
  private static final String ALGORITHM = "HmacSHA256";

  String of(Token token) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(appSecret.getBytes(UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(token.value().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "AppSecretProof[…]";
  }
}
