package io.rebound.ingest.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What write keys look like. */
final class WriteKeys {
  private static final String PREFIX = "rbw_"; // so that scanners find one that leaked
  private static final int KEY_BYTES = 20;
  private static final int ID_BYTES = 6;
  private static final Pattern ID = Pattern.compile("key-[0-9a-f]{12}");
  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(WriteKeys::newDigest);
  private static final SecureRandom RANDOM = new SecureRandom();

  private WriteKeys() {}

  /** A new key, of 160 random bits. */
  static String newKey() {
    return PREFIX + random(KEY_BYTES);
  }

  /** A new name for a key that tells nothing about it. */
  static String newId() {
    return "key-" + random(ID_BYTES);
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** In lower-case hex. */
  static String sha256(String key) {
    return HexFormat.of().formatHex(DIGEST.get().digest(key.getBytes(UTF_8)));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static String random(int bytes) {
    var random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
