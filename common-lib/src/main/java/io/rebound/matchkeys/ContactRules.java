package io.rebound.matchkeys;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** E-mail addresses and telephone numbers. */
final class ContactRules {
  private static final Pattern PLAUSIBLE_ADDRESS =
      Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}\\.[^@\\s.]{2,63}");
  private static final int LONGEST_ADDRESS = 320;
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
    String address =
        Space.trimmed(Normalizer.normalize(raw, Normalizer.Form.NFC)).toLowerCase(Locale.ROOT);
    return address.length() <= LONGEST_ADDRESS && PLAUSIBLE_ADDRESS.matcher(address).matches()
        ? address
        : null;
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
