package io.rebound.privacy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Ends what was kept long enough, the same way everywhere: in steps, each a transaction of its own,
 * and counted. Where the database is away the next run does it.
 */
public final class RetentionSweep {
  private static final Logger log = LoggerFactory.getLogger(RetentionSweep.class);
  private static final int STEP = 5_000;

  private final MeterRegistry registry;
  private final String name;
  private final Clock clock;

  /**
   * @param service the module's short name
   */
  public RetentionSweep(MeterRegistry registry, String service, Clock clock) {
    this.registry = registry;
    this.name = "rebound_" + service.replace('-', '_') + "_retention_rows_total";
    this.clock = clock;
  }

  /** Deletes some rows of one kind. */
  @FunctionalInterface
  public interface Step {
    /**
     * @param before what is older is to go
     * @param most how many rows at most
     * @return how many rows went; fewer than {@code most} where none are left
     */
    int delete(Instant before, int most);
  }

  /**
   * Deletes what is older than that.
   *
   * @param kind what is kept, for the metric and the log
   */
  public void sweep(String kind, Duration kept, Step step) {
    Instant before = clock.instant().minus(kept);
    Counter rows =
        Counter.builder(name)
            .description("Rows deleted because they were kept long enough")
            .tag("kind", kind)
            .register(registry);
    try {
      int gone;
      do {
        gone = step.delete(before, STEP);
        rows.increment(gone);
      } while (gone >= STEP);
    } catch (DataAccessException e) {
      log.atWarn()
          .addKeyValue("kind", kind)
          .log("The database is away; what was kept long enough goes with the next run");
    }
  }
}
