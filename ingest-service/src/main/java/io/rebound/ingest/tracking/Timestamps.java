package io.rebound.ingest.tracking;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Times as clients write them: ISO-8601 with or without fraction, with {@code Z}, an offset or none
 * (then UTC), a date alone, or a number of milliseconds or seconds since 1970.
 */
final class Timestamps {
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .appendValue(HOUR_OF_DAY, 2)
          .appendLiteral(':')
          .appendValue(MINUTE_OF_HOUR, 2)
          .optionalStart()
          .appendLiteral(':')
          .appendValue(SECOND_OF_MINUTE, 2)
          .optionalStart()
          .appendFraction(NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalEnd()
          .appendPattern("[XXX][XX][X]")
          .optionalEnd()
          .toFormatter();
  private static final Pattern NUMBER = Pattern.compile("\\d{9,15}");
  // 1973 in milliseconds, the year 5138 in seconds
  private static final long LEAST_MILLIS = 100_000_000_000L;

  private Timestamps() {}

  /** Empty if there is nothing that can be read as a time. */
  static Optional<Instant> read(JsonNode field) {
    if (field.isIntegralNumber() && field.canConvertToLong()) {
      return ofEpoch(field.longValue());
    }
    return field.isString() ? read(field.stringValue().strip()) : Optional.empty();
  }

  private static Optional<Instant> read(String text) {
    Instant usual = InternetTime.read(text);
    if (usual != null) {
      return Optional.of(usual);
    }
    if (NUMBER.matcher(text).matches()) {
      return ofEpoch(Long.parseLong(text));
    }
    try {
      TemporalAccessor time =
          ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      return Optional.of(
          switch (time) {
            case OffsetDateTime exact -> exact.toInstant();
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            default -> LocalDate.from(time).atStartOfDay().toInstant(ZoneOffset.UTC);
          });
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> ofEpoch(long number) {
    return Optional.of(
        Math.abs(number) < LEAST_MILLIS
            ? Instant.ofEpochSecond(number)
            : Instant.ofEpochMilli(number));
  }
}
