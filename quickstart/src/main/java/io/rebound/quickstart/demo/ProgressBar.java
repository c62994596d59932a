package io.rebound.quickstart.demo;

import java.io.PrintStream;
import java.time.Duration;

/** Long work, seen: a bar that redraws itself on a terminal, a line every tenth elsewhere. */
public final class ProgressBar {
  private static final int WIDTH = 40;

  private final PrintStream out;
  private final String what;
  private final long total;
  private final long start = System.nanoTime();
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private int shown = -1;

  public ProgressBar(PrintStream out, String what, long total) {
    this.out = out;
    this.what = what;
    this.total = Math.max(1, total);
  }

  public void at(long done) {
    int percent = (int) (100 * done / total);
    int step = terminal ? percent : percent / 10 * 10;
    if (step == shown) {
      return;
    }
    shown = step;
    int filled = WIDTH * percent / 100;
    double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    out.printf(
        "%s%s [%s%s] %3d %%  %,d of %,d, %,.0f/s%s",
        terminal ? "\r" : "",
        what,
        "█".repeat(filled),
        "░".repeat(WIDTH - filled),
        percent,
        done,
        total,
        done / Math.max(0.001, seconds),
        terminal && percent < 100 ? "" : System.lineSeparator());
    out.flush();
  }
}
