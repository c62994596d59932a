package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.GraphError;
import java.net.URI;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * When a feed is fetched; never more often than hourly. Source: Marketing API, reference Product
 * Feed Schedule.
 */
record FeedSchedule(
    ChronoUnit interval,
    int count,
    int hour,
    int minute,
    DayOfWeek dayOfWeek,
    int dayOfMonth,
    ZoneId zone) {

  /** Reads a schedule; what makes no sense is refused. */
  static FeedSchedule of(JsonNode json) {
    checkUrl(json.path("url").asString(""));
    try {
      return new FeedSchedule(
          interval(json.path("interval").asString("")),
          number(json, "interval_count", 1, 1, 1_000),
          number(json, "hour", 0, 0, 23),
          number(json, "minute", 0, 0, 59),
          DayOfWeek.valueOf(json.path("day_of_week").asString("MONDAY").toUpperCase(Locale.ROOT)),
          number(json, "day_of_month", 1, 1, 31),
          ZoneId.of(json.path("timezone").asString("America/Los_Angeles")));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw GraphError.invalidParameter("Param schedule has an unknown day_of_week or timezone");
    }
  }

  /** Refuses what the sandbox can't fetch. */
  static void checkUrl(String url) {
    try {
      URI address = URI.create(url);
      if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw GraphError.invalidParameter("Param url must be an absolute http or https URL");
  }

  private static ChronoUnit interval(String name) {
    return switch (name) {
      case "HOURLY" -> ChronoUnit.HOURS;
      case "DAILY" -> ChronoUnit.DAYS;
      case "WEEKLY" -> ChronoUnit.WEEKS;
      case "MONTHLY" -> ChronoUnit.MONTHS;
      default ->
          throw GraphError.invalidParameter(
              "Param schedule.interval must be one of HOURLY, DAILY, WEEKLY, MONTHLY");
    };
  }

  private static int number(JsonNode json, String field, int usual, int least, int most) {
    int value = json.path(field).asInt(usual);
    if (value < least || value > most) {
      throw GraphError.invalidParameter(
          "Param schedule.%s must be %d to %d".formatted(field, least, most));
    }
    return value;
  }

  /** The next time after that one. */
  Instant next(Instant after) {
    ZonedDateTime candidate = aligned(after.atZone(zone));
    while (!candidate.toInstant().isAfter(after)) {
      candidate = aligned(candidate.plus(count, interval));
    }
    return candidate.toInstant();
  }

  private ZonedDateTime aligned(ZonedDateTime time) {
    if (interval == ChronoUnit.HOURS) {
      return time.truncatedTo(ChronoUnit.HOURS).withMinute(minute);
    }
    ZonedDateTime day = time.truncatedTo(ChronoUnit.DAYS).withHour(hour).withMinute(minute);
    return switch (interval) {
      case WEEKS -> day.with(TemporalAdjusters.previousOrSame(dayOfWeek));
      case MONTHS -> day.withDayOfMonth(Math.min(dayOfMonth, day.toLocalDate().lengthOfMonth()));
      default -> day;
    };
  }
}
