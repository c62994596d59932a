package io.rebound.sandbox.page;

import io.rebound.sandbox.page.AudienceHistory.Point;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Sizes over time as a picture. A size holds until it changes, hence steps; the table beside it has
 * the numbers. Times are whole minutes, so that the picture stays the same if nothing happens.
 */
final class SizeChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 210;
  private static final int LEFT = 56;
  private static final int BOTTOM = 26;
  private static final int TOP = 18;
  private static final int RIGHT = 10;
  private static final long MINUTE = 60_000;

  private final long from;
  private final long to;
  private final long most;

  private SizeChart(long from, long to, long most) {
    this.from = from;
    this.to = to;
    this.most = most;
  }

  static Html of(List<List<Point>> lines, Instant now) {
    List<Point> all = lines.stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      return Html.NONE;
    }
    long from = all.stream().mapToLong(Point::at).min().orElseThrow() / MINUTE * MINUTE;
    long to = (now.toEpochMilli() / MINUTE + 1) * MINUTE;
    return new SizeChart(
            from,
            Math.max(from + MINUTE, to),
            scale(all.stream().mapToInt(Point::size).max().orElse(0)))
        .drawn(lines);
  }

  // a round number, the next one above
  private static long scale(long size) {
    long unit = 1;
    while (unit * 10 <= size) {
      unit *= 10;
    }
    for (long step : new long[] {1, 2, 3, 4, 6, 8}) {
      if (unit * step >= size) {
        return Math.max(4, unit * step);
      }
    }
    return Math.max(4, unit * 10);
  }

  private Html drawn(List<List<Point>> lines) {
    var drawn = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      drawn.append("<path class=\"line c%d\" d=\"%s\"/>".formatted(i + 1, path(lines.get(i))));
    }
    return Html.of(
        """
        <svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="Audience sizes over time">
        {}{}{}{}
        <text x="{}" y="{}">{}</text><text x="{}" y="{}" class="end">{}</text>
        </svg>
        """,
        WIDTH,
        HEIGHT,
        rule(0),
        rule(most / 2),
        rule(most),
        new Html(drawn.toString()),
        LEFT,
        HEIGHT - 6,
        Words.minute(Instant.ofEpochMilli(from)),
        WIDTH - RIGHT,
        HEIGHT - 6,
        Words.minute(Instant.ofEpochMilli(to)));
  }

  private Html rule(long size) {
    return Html.of(
        "<line x1=\"{}\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/><text x=\"{}\" y=\"{}\" class=\"end\">{}</text>",
        LEFT,
        WIDTH - RIGHT,
        y(size),
        y(size),
        LEFT - 8,
        y(size - most * 0.02),
        Words.number(size));
  }

  private String path(List<Point> line) {
    var path = new StringBuilder();
    for (Point point : line) {
      path.append(path.isEmpty() ? "M" + x(point.at()) + " " + y(0) : "H" + x(point.at()))
          .append('V')
          .append(y(point.size()));
    }
    return path.append('H').append(x(to)).toString();
  }

  private String x(long at) {
    double share = (double) (Math.clamp(at, from, to) - from) / (to - from);
    return String.format(Locale.ROOT, "%.1f", LEFT + share * (WIDTH - LEFT - RIGHT));
  }

  private String y(double size) {
    return String.format(
        Locale.ROOT, "%.1f", HEIGHT - BOTTOM - size / most * (HEIGHT - TOP - BOTTOM));
  }
}
