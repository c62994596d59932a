package io.rebound.segmentation.rfm;

import static java.time.ZoneOffset.UTC;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The edges of the quintiles that live scores go by. All scores of one UTC day are as of that day's
 * last moment: they follow from the purchases and the day alone, not from the hour at which
 * somebody happened to be judged.
 *
 * @param day the day the edges are for
 * @param recency in days; with its like empty as long as nobody bought anything
 */
public record Edges(
    LocalDate day,
    List<BigDecimal> recency,
    List<BigDecimal> frequency,
    List<BigDecimal> monetary) {

  /** The moment as of which a day's scores are. */
  static Instant analysisTime(LocalDate day) {
    return day.plusDays(1).atStartOfDay(UTC).toInstant().minusNanos(1000);
  }

  /** A customer's scores; none for who never bought, or before the first edges are known. */
  public Optional<Scores> scores(@Nullable Instant lastPurchase, int orders, BigDecimal spent) {
    if (lastPurchase == null || frequency.isEmpty()) {
      return Optional.empty();
    }
    long days = wholeDays(lastPurchase, analysisTime(day));
    return Optional.of(
        new Scores(
            6 - bin(BigDecimal.valueOf(days), recency),
            bin(BigDecimal.valueOf(orders), frequency),
            bin(spent, monetary)));
  }

  /** Rounded down, never negative. */
  static long wholeDays(Instant since, Instant until) {
    return Math.max(0, Duration.between(since, until).toDays());
  }

  // a value equal to an edge falls into the lower bin
  private static int bin(BigDecimal value, List<BigDecimal> edges) {
    return 1 + (int) edges.stream().filter(edge -> value.compareTo(edge) > 0).count();
  }
}
