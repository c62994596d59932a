package io.rebound.startup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;

/** Looks every other second whether a service's key files have changed. */
public final class WatchedFiles {
  private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);

  private final List<WatchedFile<?>> files = new CopyOnWriteArrayList<>();
  private final Queue<KeyFileChanged> untold = new ConcurrentLinkedQueue<>();
  private final ApplicationEventPublisher events;

  /**
   * @param service the service's short name
   * @param events is told of changes
   */
  public WatchedFiles(MeterRegistry registry, String service, ApplicationEventPublisher events) {
    this.events = events;
    Gauge.builder(
            "rebound_" + service.replace('-', '_') + "_broken_key_files",
            this,
            WatchedFiles::broken)
        .description("Key files that can't be read any more; what they said last stays in force")
        .register(registry);
  }

  /**
   * @throws Misconfigured if the file can't be read now
   */
  public <T> WatchedFile<T> watch(Path file, WatchedFile.Reader<T> reader) {
    var watched =
        new WatchedFile<>(
            file, reader, () -> untold.add(new KeyFileChanged(file.getFileName().toString())));
    files.add(watched);
    return watched;
  }

  /** Reads them all again. */
  @Scheduled(fixedDelayString = "PT2S")
  public void look() {
    files.forEach(WatchedFile::look);
    try {
      for (KeyFileChanged next = untold.peek(); next != null; next = untold.peek()) {
        events.publishEvent(next);
        untold.remove();
      }
    } catch (RuntimeException e) {
      log.debug("Who is to know of a changed key file can't be told; it is tried again");
    }
  }

  private long broken() {
    return files.stream().filter(WatchedFile::broken).count();
  }
}
