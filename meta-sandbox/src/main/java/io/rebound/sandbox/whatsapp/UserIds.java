package io.rebound.sandbox.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.sandbox.SandboxProperties;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Business-scoped user ids: two letters for the country, a dot and digits. One person has another
 * one in each business portfolio, and gets a new one with a new number; so it is derived of both.
 */
@Component
class UserIds {
  private static final Pattern FORM = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");
  private static final BigInteger DIGITS = BigInteger.TEN.pow(20);

  // the longer prefix first; a number of none of them has the code for no country
  private static final Map<String, String> COUNTRIES = new LinkedHashMap<>();

  static {
    COUNTRIES.put("351", "PT");
    COUNTRIES.put("353", "IE");
    COUNTRIES.put("971", "AE");
    COUNTRIES.put("31", "NL");
    COUNTRIES.put("32", "BE");
    COUNTRIES.put("33", "FR");
    COUNTRIES.put("34", "ES");
    COUNTRIES.put("39", "IT");
    COUNTRIES.put("41", "CH");
    COUNTRIES.put("43", "AT");
    COUNTRIES.put("44", "GB");
    COUNTRIES.put("45", "DK");
    COUNTRIES.put("46", "SE");
    COUNTRIES.put("48", "PL");
    COUNTRIES.put("49", "DE");
    COUNTRIES.put("52", "MX");
    COUNTRIES.put("55", "BR");
    COUNTRIES.put("91", "IN");
    COUNTRIES.put("1", "US");
  }

  private final String portfolio;

  UserIds(SandboxProperties properties) {
    this.portfolio = properties.waba();
  }

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /** The id of the person with that number, the same after a restart. */
  String of(String number) {
    String country =
        COUNTRIES.entrySet().stream()
            .filter(one -> number.startsWith(one.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("ZZ");
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest((portfolio + "/" + number).getBytes(UTF_8));
      return "%s.%020d".formatted(country, new BigInteger(1, hash).mod(DIGITS));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
