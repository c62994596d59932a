package io.rebound.sandbox.journal;

import io.rebound.sandbox.SandboxProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Files of changes, one for each kind of state. A change is with the operating system before the
 * request that caused it is answered, so killing the process loses nothing; a power cut may.
 */
@Component
public final class Journal implements DisposableBean {
  private final @Nullable Path path;
  private final Map<String, Segment> segments = new ConcurrentHashMap<>();

  Journal(SandboxProperties properties) {
    this.path = properties.journal().isBlank() ? null : Path.of(properties.journal());
  }

  /**
   * Records a change. The owner of the state calls this while nobody else can change it, so that
   * the journal has the order things happened in.
   *
   * @param change a JSON value without line breaks; asked for only if it is kept
   */
  public void append(String kind, Supplier<byte[]> change) {
    Segment segment = segments.get(kind);
    if (segment == null) {
      return; // memory only
    }
    try {
      segment.append(change.get());
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's journal can't be written", e);
    }
  }

  /** Nothing of this kind that was recorded before counts. Called like {@link #append}. */
  public void clear(String kind) {
    Segment segment = segments.get(kind);
    if (segment == null) {
      return;
    }
    try {
      segment.compact();
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's journal can't be emptied", e);
    }
  }

  /** Gives the state back what was recorded, and from now on takes its changes. */
  void open(Journaled state) throws IOException {
    if (path == null) {
      return;
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path file = path.resolveSibling(path.getFileName() + "." + state.kind());
    segments.put(state.kind(), Segment.open(file, state));
  }

  @Override
  public void destroy() throws IOException {
    for (Segment segment : segments.values()) {
      segment.close();
    }
  }
}
