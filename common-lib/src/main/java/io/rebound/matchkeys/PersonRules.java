package io.rebound.matchkeys;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names, birth dates, gender. */
final class PersonRules {
  private static final Pattern PUNCTUATION_AND_SPACE =
      Pattern.compile("[\\p{Punct}\\p{IsPunctuation}\\p{IsWhite_Space}]+");
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})[-/. ](\\d{1,2})[-/. ](\\d{1,2})(?:[T ].*)?");
  private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})[-/. ] ?(\\d{1,2})[-/. ] ?(\\d{4})");
  private static final int EARLIEST_YEAR = 1900;
  private static final int LATEST_YEAR = 2099;

  private PersonRules() {}

  /**
   * Lower case without punctuation; accents stay. Space inside goes as well, as in Meta's parameter
   * builder: the page doesn't say.
   */
  static @Nullable String name(String raw, Locality locality) {
    if (hasOnlyLetters(raw)) {
      return raw.toLowerCase(Locale.ROOT);
    }
    String name =
        PUNCTUATION_AND_SPACE.matcher(Space.composed(raw).toLowerCase(Locale.ROOT)).replaceAll("");
    return name.isEmpty() ? null : name;
  }

  private static boolean hasOnlyLetters(String raw) {
    for (int at = 0; at < raw.length(); at++) {
      char sign = (char) (raw.charAt(at) | 0x20);
      if (sign < 'a' || sign > 'z') {
        return false;
      }
    }
    return !raw.isEmpty();
  }

  /** YYYYMMDD. */
  static @Nullable String birthDate(String raw, Locality locality) {
    String written = Space.trimmed(raw);
    Matcher yearFirst = YEAR_FIRST.matcher(written);
    if (yearFirst.matches()) {
      return date(yearFirst.group(1), yearFirst.group(2), yearFirst.group(3));
    }
    Matcher compact = COMPACT.matcher(written);
    if (compact.matches()) {
      return date(compact.group(1), compact.group(2), compact.group(3));
    }
    Matcher yearLast = YEAR_LAST.matcher(written);
    if (!yearLast.matches()) {
      return null;
    }
    return switch (locality.dateOrder()) {
      case YEAR_FIRST -> null;
      case MONTH_FIRST -> date(yearLast.group(3), yearLast.group(1), yearLast.group(2));
      case DAY_FIRST -> date(yearLast.group(3), yearLast.group(2), yearLast.group(1));
    };
  }

  private static @Nullable String date(String year, String month, String day) {
    try {
      LocalDate date =
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
      return date.getYear() < EARLIEST_YEAR || date.getYear() > LATEST_YEAR
          ? null
          : date.format(DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  /** The initial of female or male; Meta knows no other value, so others are left out. */
  static @Nullable String gender(String raw, Locality locality) {
    return switch (Space.trimmed(raw).toLowerCase(Locale.ROOT)) {
      case "f", "female" -> "f";
      case "m", "male" -> "m";
      default -> null;
    };
  }
}
