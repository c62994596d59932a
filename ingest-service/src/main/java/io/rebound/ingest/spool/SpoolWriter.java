package io.rebound.ingest.spool;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes waiting requests into the spool, all that have gathered during the last write in one
 * statement: the busier the doors, the more requests share a commit. One thread, so that what is
 * written first lies first.
 */
final class SpoolWriter implements AutoCloseable {
  private static final int MOST_REQUESTS = 1000;
  private static final long MOST_BYTES = 4_000_000;
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final SpooledEvents table;
  private final SpoolSize size;
  private final SpoolDatabase database;
  private final long buffer;
  private final Counter spooled;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final AtomicLong buffered = new AtomicLong();
  private final Thread thread = new Thread(this::run, "ingest-spool-writer");
  private volatile boolean stopped;

  SpoolWriter(
      SpooledEvents table,
      SpoolSize size,
      SpoolDatabase database,
      long buffer,
      MeterRegistry metrics) {
    this.table = table;
    this.size = size;
    this.database = database;
    this.buffer = buffer;
    spooled =
        Counter.builder("rebound_ingest_spooled_events_total")
            .description("Events that were kept in the spool because Kafka didn't take them")
            .register(metrics);
    thread.setDaemon(true);
  }

  SpoolWriter start() {
    thread.start();
    return this;
  }

  /** False when too much waits already. A lone request is taken whatever its size. */
  boolean offer(Waiting request) {
    int bytes = request.bytes();
    long before = buffered.getAndAdd(bytes);
    if (stopped || (before > 0 && before + bytes > buffer)) {
      buffered.addAndGet(-bytes);
      return false;
    }
    return queue.add(request);
  }

  private void run() {
    while (!stopped || !queue.isEmpty()) {
      List<Waiting> gathered = gather();
      if (!gathered.isEmpty()) {
        write(gathered);
      }
    }
  }

  private List<Waiting> gather() {
    var gathered = new ArrayList<Waiting>();
    long bytes = 0;
    try {
      Waiting next = queue.poll(100, TimeUnit.MILLISECONDS);
      while (next != null) {
        if (next.kept().isDone()) { // it waited too long
          buffered.addAndGet(-next.bytes());
        } else {
          gathered.add(next);
          bytes += next.bytes();
        }
        boolean enough = gathered.size() >= MOST_REQUESTS || bytes >= MOST_BYTES;
        next = enough ? null : queue.poll();
      }
    } catch (InterruptedException stop) {
      stopped = true;
    }
    return gathered;
  }

  private void write(List<Waiting> requests) {
    boolean kept = false;
    try {
      if (database.mayBeTried()) {
        table.append(requests);
        kept = true;
        database.answered();
        size.added(requests);
        requests.forEach(request -> spooled.increment(request.events()));
      }
    } catch (RuntimeException away) {
      database.failed(away);
    }
    for (Waiting request : requests) {
      buffered.addAndGet(-request.bytes());
      request.kept().complete(kept);
    }
  }

  /** What waits is still written. */
  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join(STOPPING);
  }
}
