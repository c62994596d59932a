package io.rebound.matchkeys;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** E-mail addresses and telephone numbers. */
final class ContactRules {
  private static final int LONGEST_ADDRESS = 320;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_DOMAIN = 255;
  private static final int SHORTEST_ENDING = 2;
  private static final int LONGEST_ENDING = 63;
  private static final int LONGEST_NUMBER_AS_WRITTEN = 50;
  private static final int FEWEST_DIGITS = 7;
  private static final int MOST_DIGITS = 15;
  // shorter ones may be national: they need a country
  private static final int FEWEST_DIGITS_WITHOUT_PLUS = 11;
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  private ContactRules() {}

  /**
   * Lower case without space around; dots and plus parts stay, as different people may own them.
   */
  static @Nullable String email(String raw, Locality locality) {
    String address = Space.trimmed(Space.composed(raw)).toLowerCase(Locale.ROOT);
    return address.length() <= LONGEST_ADDRESS && isPlausible(address) ? address : null;
  }

  /** One @ with 1–64 signs before it, a domain with a dot after it, no space. */
  private static boolean isPlausible(String address) {
    int at = address.indexOf('@');
    int dot = address.lastIndexOf('.');
    int ending = address.length() - dot - 1;
    return at >= 1
        && at <= LONGEST_LOCAL_PART
        && address.indexOf('@', at + 1) < 0
        && dot > at + 1
        && dot - at - 1 <= LONGEST_DOMAIN
        && ending >= SHORTEST_ENDING
        && ending <= LONGEST_ENDING
        && hasNoSpace(address);
  }

  private static boolean hasNoSpace(String address) {
    for (int at = 0; at < address.length(); at++) {
      char sign = address.charAt(at);
      if (sign == ' ' || sign >= '\t' && sign <= '\r') {
        return false;
      }
    }
    return true;
  }

  /**
   * Digits with the country code. A number without one is read as the locality's; where that isn't
   * known, only eleven or more digits that don't begin with zero are taken to have one.
   */
  static @Nullable String phone(String raw, Locality locality) {
    if (raw.length() > LONGEST_NUMBER_AS_WRITTEN) {
      return null;
    }
    String written = Space.trimmed(raw);
    String number = written.startsWith("00") ? "+" + written.substring(2) : written;
    try {
      if (number.startsWith("+") || number.startsWith("\uff0b")) {
        return digits(NUMBERS.parse(number, null));
      }
      return locality.country() == null
          ? withoutPlus(number)
          : digits(ofCountry(number, locality.country()));
    } catch (NumberParseException notANumber) {
      return null;
    }
  }

  /** As the country reads it, unless it is a whole number that only lacks the plus. */
  private static PhoneNumber ofCountry(String number, String country) throws NumberParseException {
    String digits = PhoneNumberUtil.normalizeDigitsOnly(number);
    String callingCode = String.valueOf(NUMBERS.getCountryCodeForRegion(country));
    if (digits.length() >= FEWEST_DIGITS_WITHOUT_PLUS && digits.startsWith(callingCode)) {
      PhoneNumber whole = NUMBERS.parse("+" + digits, null);
      if (NUMBERS.isValidNumber(whole)) {
        return whole;
      }
    }
    return NUMBERS.parse(number, country);
  }

  private static @Nullable String withoutPlus(String number) throws NumberParseException {
    String digits = PhoneNumberUtil.normalizeDigitsOnly(number);
    return digits.length() >= FEWEST_DIGITS_WITHOUT_PLUS && !digits.startsWith("0")
        ? digits(NUMBERS.parse("+" + digits, null))
        : null;
  }

  private static @Nullable String digits(PhoneNumber number) {
    ValidationResult possible = NUMBERS.isPossibleNumberWithReason(number);
    if (possible != ValidationResult.IS_POSSIBLE) {
      return null;
    }
    String digits = number.getCountryCode() + NUMBERS.getNationalSignificantNumber(number);
    return digits.length() >= FEWEST_DIGITS && digits.length() <= MOST_DIGITS ? digits : null;
  }
}
