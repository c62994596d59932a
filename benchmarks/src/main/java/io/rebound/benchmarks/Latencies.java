package io.rebound.benchmarks;

import org.HdrHistogram.Histogram;

/** How long something took, time after time, in milliseconds. */
final class Latencies {
  private final Histogram milliseconds = new Histogram(3);

  void add(long took) {
    milliseconds.recordValue(took);
  }

  long count() {
    return milliseconds.getTotalCount();
  }

  void print(String what) {
    System.out.printf(
        "  %-34s %,d samples   p50 %,5d ms   p95 %,5d ms   max %,5d ms%n",
        what,
        milliseconds.getTotalCount(),
        milliseconds.getValueAtPercentile(50),
        milliseconds.getValueAtPercentile(95),
        milliseconds.getMaxValue());
  }
}
