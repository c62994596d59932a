package io.rebound.matchkeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Meta's hash, and values that are one already. */
final class Sha256 {
  private static final int HEX_LENGTH = 64;
  // the appendix of Meta's parameter builder: 8 characters, formerly 2
  private static final Pattern HASHED =
      Pattern.compile("([0-9a-fA-F]{64})(\\.(?:[A-Za-z0-9_-]{8}|A[QgwQ]|B[QAg]))?");

  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(Sha256::newDigest);

  private Sha256() {}

  static String hex(String text) {
    return HexFormat.of().formatHex(DIGEST.get().digest(text.getBytes(UTF_8)));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The value as Meta reads it, if it is a hash. */
  static Optional<String> alreadyHashed(String raw) {
    if (raw.length() < HEX_LENGTH) {
      return Optional.empty();
    }
    var hash = HASHED.matcher(Space.trimmed(raw));
    if (!hash.matches()) {
      return Optional.empty();
    }
    return Optional.of(hash.group(2) == null ? lower(hash.group(1)) : hash.group());
  }

  /** The bare hash, whoever made it: what a pseudonym derives from. */
  static Optional<String> bareHash(String raw) {
    return alreadyHashed(raw).map(Sha256::bare);
  }

  /** A hash as Meta reads it without what may stand behind it. */
  static String bare(String hash) {
    return hash.length() == HEX_LENGTH ? hash : lower(hash.substring(0, HEX_LENGTH));
  }

  private static String lower(String hash) {
    return hash.toLowerCase(Locale.ROOT);
  }
}
