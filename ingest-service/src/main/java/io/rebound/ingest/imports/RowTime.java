package io.rebound.ingest.imports;

import io.rebound.ingest.intake.InvalidEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Times as tills and spreadsheets write them: Unix seconds or milliseconds; ISO-8601 with a blank
 * or {@code T}, with or without offset; {@code 20.11.2026 14:03}. A date alone is its first moment.
 * Slashes are refused: whether the day or the month comes first is anybody's guess.
 *
 * @param zone of times that carry none
 */
record RowTime(ZoneId zone) {
  private static final Pattern NUMBER = Pattern.compile("\\d{8,15}(\\.0+)?");
  // 1973 in milliseconds, the year 5138 in seconds
  private static final long LEAST_MILLIS = 100_000_000_000L;
  private static final List<DateTimeFormatter> FORMS =
      List.of(form("uuuu-MM-dd", "['T'][' ']"), form("d.M.uuuu", "[' '][', ']"));

  private static DateTimeFormatter form(String date, String between) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(date)
        .optionalStart()
        .appendPattern(between + "H:mm[:ss]")
        .optionalStart()
        .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
        .optionalEnd()
        .appendPattern("[' '][XXX][XX][X]")
        .optionalEnd()
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT); // there is no 30th of February
  }

  /** Throws {@link InvalidEvent} if it can't be read or lies before 1970. */
  Instant read(String text) {
    Instant time = NUMBER.matcher(text).matches() ? ofNumber(text) : ofText(text);
    if (time.isBefore(Instant.EPOCH)) {
      throw new InvalidEvent("event_time", "lies before 1970");
    }
    return time;
  }

  private static Instant ofNumber(String text) {
    int point = text.indexOf('.');
    long number = Long.parseLong(point < 0 ? text : text.substring(0, point));
    return number < LEAST_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
  }

  private Instant ofText(String text) {
    for (DateTimeFormatter form : FORMS) {
      try {
        TemporalAccessor time =
            form.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        return switch (time) {
          case OffsetDateTime exact -> exact.toInstant();
          case LocalDateTime local -> local.atZone(zone).toInstant();
          default -> LocalDate.from(time).atStartOfDay(zone).toInstant();
        };
      } catch (DateTimeException otherForm) {
        continue;
      }
    }
    throw new InvalidEvent(
        "event_time", "must be a Unix time or a date and time such as 2026-11-20 14:03:00");
  }
}
