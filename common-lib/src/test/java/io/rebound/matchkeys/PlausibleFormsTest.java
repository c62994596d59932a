package io.rebound.matchkeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that are loops for speed's sake, held to the patterns that say what they mean. */
class PlausibleFormsTest {
  private static final Pattern ADDRESS =
      Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}\\.[^@\\s.]{2,63}");
  private static final Pattern COOKIE = Pattern.compile("fb\\.[0-2]\\.\\d{13}\\.[^\\s]{1,500}");
  private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern COLONS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PUNCTUATION_AND_SPACE =
      Pattern.compile("[\\p{Punct}\\p{IsPunctuation}\\p{IsWhite_Space}]+");

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void an_address_is_what_the_pattern_says() {
    int plausible = 0;
    for (int round = 0; round < 50_000; round++) {
      String raw = changed("ab.c@shop.example.co", "ab@.@ x\tyz");
      boolean expected = ADDRESS.matcher(raw).matches();
      plausible += expected ? 1 : 0;

      assertThat(MatchKey.EM.normalize(raw, Locality.unknown()).isPresent())
          .as(raw)
          .isEqualTo(expected);
    }
    assertThat(plausible).isBetween(5_000, 45_000);
    assertThat(normal(MatchKey.EM, "a".repeat(64) + "@b.co")).isTrue();
    assertThat(normal(MatchKey.EM, "a".repeat(65) + "@b.co")).isFalse();
    assertThat(normal(MatchKey.EM, "a@" + "b".repeat(240) + "." + "c".repeat(63))).isTrue();
    assertThat(normal(MatchKey.EM, "a@b." + "c".repeat(64))).isFalse();
    assertThat(normal(MatchKey.EM, "a@b.c")).isFalse();
  }

  @Test
  void a_cookie_is_what_the_pattern_says() {
    int plausible = 0;
    for (int round = 0; round < 50_000; round++) {
      String raw = changed("fb.1.1596403881668.AbC", "fb.0123 x");
      boolean expected = COOKIE.matcher(raw).matches();
      plausible += expected ? 1 : 0;

      assertThat(normal(MatchKey.FBC, raw)).as(raw).isEqualTo(expected);
    }
    assertThat(plausible).isBetween(5_000, 45_000);
    assertThat(normal(MatchKey.FBC, "fb.1.1596403881668." + "x".repeat(500))).isTrue();
    assertThat(normal(MatchKey.FBC, "fb.1.1596403881668." + "x".repeat(501))).isFalse();
  }

  @Test
  void a_name_is_what_the_pattern_leaves() {
    for (int round = 0; round < 50_000; round++) {
      String raw = changed("Lovelace", "AzZ'-. 9\u00e9\u00c4@[`{");
      String expected = PUNCTUATION_AND_SPACE.matcher(raw.toLowerCase(Locale.ROOT)).replaceAll("");

      assertThat(MatchKey.FN.normalize(raw, Locality.unknown()).orElse("")).isEqualTo(expected);
    }
  }

  @Test
  void an_ip_address_is_what_the_patterns_and_java_say() {
    int plausible = 0;
    for (int round = 0; round < 50_000; round++) {
      String raw =
          random.nextBoolean()
              ? changed("192.0.2.17", "0123.:9 x")
              : changed("2001:db8::1:17.0.2.1", "0:.fFgx");
      boolean expected =
          (DOTTED.matcher(raw).matches() || COLONS.matcher(raw).matches()) && isLiteral(raw);
      plausible += expected ? 1 : 0;

      assertThat(normal(MatchKey.CLIENT_IP_ADDRESS, raw)).as(raw).isEqualTo(expected);
    }
    assertThat(plausible).isBetween(5_000, 45_000);
  }

  private static boolean isLiteral(String text) {
    try {
      return !InetAddress.ofLiteral(text).isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean normal(MatchKey key, String raw) {
    return key.normalize(raw, Locality.unknown()).isPresent();
  }

  /** The text with up to two signs exchanged, put in or taken out, none of them space at an end. */
  private String changed(String text, String signs) {
    var changed = new StringBuilder(text);
    for (int times = random.nextInt(3); times > 0; times--) {
      int at = 1 + random.nextInt(changed.length() - 2);
      char sign = signs.charAt(random.nextInt(signs.length()));
      switch (random.nextInt(3)) {
        case 0 -> changed.setCharAt(at, sign);
        case 1 -> changed.insert(at, sign);
        default -> changed.deleteCharAt(at);
      }
    }
    return changed.toString().strip();
  }
}
