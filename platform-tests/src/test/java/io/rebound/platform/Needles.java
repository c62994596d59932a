package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Finds personal values in bytes, whatever the letters' case: as they are, and as whoever has no
 * key can make them out of all addresses or numbers of a country.
 */
final class Needles {
  private static final int START = 8;
  private static final int BITS = 20;

  private final Map<Long, List<Needle>> byStart = new HashMap<>();
  private final BitSet starts = new BitSet(1 << BITS);

  private record Needle(String what, byte[] bytes) {}

  Needles(Collection<String> values) {
    for (String value : new TreeSet<>(values)) {
      add(value, "", value.getBytes(UTF_8));
      add(value, " in an address", URLEncoder.encode(value, UTF_8).getBytes(UTF_8));
      inBase64(value, "", value.getBytes(UTF_8));
      for (String algorithm : List.of("SHA-256", "SHA-1", "MD5", "SHA-512")) {
        byte[] digest = digest(algorithm, value);
        add(value, " as " + algorithm, digest);
        add(value, " as " + algorithm, HexFormat.of().formatHex(digest).getBytes(UTF_8));
        inBase64(value, " as " + algorithm, digest);
        add(value, " as a UUID of " + algorithm, uuid(digest).getBytes(UTF_8));
      }
      add(
          value,
          " as a UUID",
          UUID.nameUUIDFromBytes(value.getBytes(UTF_8)).toString().getBytes(UTF_8));
    }
  }

  /** Without padding, which makes no difference to what is found. */
  private void inBase64(String value, String how, byte[] bytes) {
    add(value, how + " in base64", Base64.getEncoder().withoutPadding().encode(bytes));
    add(value, how + " in base64url", Base64.getUrlEncoder().withoutPadding().encode(bytes));
  }

  private void add(String value, String how, byte[] bytes) {
    if (bytes.length < START) {
      throw new IllegalArgumentException("Too short to be found for sure: " + value);
    }
    byte[] lower = bytes.clone();
    long start = 0;
    for (int i = 0; i < lower.length; i++) {
      lower[i] = lower(lower[i]);
      start = i < START ? start << 8 | (lower[i] & 0xff) : start;
    }
    starts.set(slot(start));
    byStart.computeIfAbsent(start, _ -> new ArrayList<>()).add(new Needle(value + how, lower));
  }

  /** What of it is there. */
  Set<String> in(byte[] haystack) {
    var found = new TreeSet<String>();
    long window = 0;
    for (int end = 0; end < haystack.length; end++) {
      window = window << 8 | (lower(haystack[end]) & 0xff);
      if (end >= START - 1 && starts.get(slot(window))) {
        for (Needle needle : byStart.getOrDefault(window, List.of())) {
          if (at(haystack, end - START + 1, needle.bytes())) {
            found.add(needle.what());
          }
        }
      }
    }
    return found;
  }

  private static boolean at(byte[] haystack, int from, byte[] needle) {
    if (from + needle.length > haystack.length) {
      return false;
    }
    for (int i = 0; i < needle.length; i++) {
      if (lower(haystack[from + i]) != needle[i]) {
        return false;
      }
    }
    return true;
  }

  private static int slot(long window) {
    return (int) (window * 0x9E3779B97F4A7C15L >>> 64 - BITS);
  }

  private static byte lower(byte one) {
    return one >= 'A' && one <= 'Z' ? (byte) (one + 32) : one;
  }

  private static String uuid(byte[] digest) {
    String hex = HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
    return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  private static byte[] digest(String algorithm, String value) {
    try {
      return MessageDigest.getInstance(algorithm).digest(value.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
