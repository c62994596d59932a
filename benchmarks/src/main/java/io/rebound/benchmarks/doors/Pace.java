package io.rebound.benchmarks.doors;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Lets requests out at a steady rate, and fewer where the answers before them don't come fast
 * enough. All of it happens on the client's one event loop.
 */
final class Pace implements Executor {
  private final double perSecond;
  private final long start = System.nanoTime();
  private final Queue<Runnable> early = new ArrayDeque<>();
  private long begun;

  Pace(double perSecond) {
    this.perSecond = perSecond;
  }

  @Override
  public void execute(Runnable request) {
    early.add(request);
    catchUp();
  }

  /** Lets out what is due by now. */
  void catchUp() {
    double due = (System.nanoTime() - start) / 1e9 * perSecond;
    while (begun < due && !early.isEmpty()) {
      begun++;
      early.remove().run();
    }
  }
}
