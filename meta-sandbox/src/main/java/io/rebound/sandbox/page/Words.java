package io.rebound.sandbox.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How numbers and times read on the page. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Words() {}

  static String number(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  static String counted(long number, String one, String many) {
    return number(number) + " " + (number == 1 ? one : many);
  }

  static Html time(Instant at) {
    return Html.of("<time datetime=\"{}\">{}</time>", at, TIME.format(at));
  }

  static Html day(Instant at) {
    return Html.of("<time datetime=\"{}\">{}</time>", at, minute(at));
  }

  static String minute(Instant at) {
    return DAY.format(at);
  }
}
