package io.rebound.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A time as {@link Instant#toString} writes it, a tenth of its cost: three of them stand in every
 * record.
 */
public final class InstantText {
  // between them a year has four digits
  private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_10_000 = Instant.parse("+10000-01-01T00:00:00Z");
  private static final int SECONDS_A_DAY = 86_400;
  private static final int TO_SECONDS = "0000-00-00T00:00:00".length();

  private InstantText() {}

  /** ISO-8601 in UTC, to the nanosecond, with no, three, six or nine digits after the second. */
  public static String of(Instant instant) {
    if (instant.isBefore(YEAR_0) || !instant.isBefore(YEAR_10_000)) {
      return instant.toString();
    }
    long day = Math.floorDiv(instant.getEpochSecond(), SECONDS_A_DAY);
    LocalDate date = LocalDate.ofEpochDay(day);
    int second = (int) (instant.getEpochSecond() - day * SECONDS_A_DAY);
    int fraction = fractionDigits(instant.getNano());
    byte[] text = new byte[TO_SECONDS + (fraction == 0 ? 0 : fraction + 1) + 1];
    number(text, 0, 4, date.getYear());
    text[4] = '-';
    number(text, 5, 2, date.getMonthValue());
    text[7] = '-';
    number(text, 8, 2, date.getDayOfMonth());
    text[10] = 'T';
    number(text, 11, 2, second / 3600);
    text[13] = ':';
    number(text, 14, 2, second / 60 % 60);
    text[16] = ':';
    number(text, 17, 2, second % 60);
    if (fraction > 0) {
      text[TO_SECONDS] = '.';
      number(text, TO_SECONDS + 1, fraction, shortened(instant.getNano(), fraction));
    }
    text[text.length - 1] = 'Z';
    return new String(text, ISO_8859_1);
  }

  private static int fractionDigits(int nanos) {
    if (nanos == 0) {
      return 0;
    }
    if (nanos % 1_000_000 == 0) {
      return 3;
    }
    return nanos % 1000 == 0 ? 6 : 9;
  }

  private static int shortened(int nanos, int digits) {
    return switch (digits) {
      case 3 -> nanos / 1_000_000;
      case 6 -> nanos / 1000;
      default -> nanos;
    };
  }

  private static void number(byte[] text, int from, int digits, int number) {
    int rest = number;
    for (int at = from + digits - 1; at >= from; at--) {
      text[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
