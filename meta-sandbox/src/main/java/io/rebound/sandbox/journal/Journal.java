package io.rebound.sandbox.journal;

import io.rebound.sandbox.SandboxProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * A file of changes, one a line. A change is with the operating system before the request that
 * caused it is answered, so killing the process loses nothing; a power cut may.
 */
@Component
public final class Journal implements DisposableBean {
  static final String RESET = "reset";
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  private final @Nullable Path file;
  private @Nullable OutputStream out;

  Journal(SandboxProperties properties) {
    this.file = properties.journal().isBlank() ? null : Path.of(properties.journal());
  }

  @Nullable Path file() {
    return file;
  }

  /**
   * Records a change. The owner of the state calls this while nobody else can change it, so that
   * the journal has the order things happened in.
   *
   * @param change a JSON value without line breaks; asked for only if there is a file
   */
  public void append(String kind, Supplier<byte[]> change) {
    if (file != null) {
      write(line(kind, change.get()));
    }
  }

  /** From here on nothing that was recorded before counts. */
  public void reset() {
    append(RESET, () -> EMPTY);
  }

  private synchronized void write(byte[] line) {
    if (out == null) {
      return; // closed, or not open yet: nobody is answered any more, or was asked yet
    }
    try {
      out.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's journal can't be written", e);
    }
  }

  synchronized void open() throws IOException {
    if (file != null) {
      out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  static byte[] line(String kind, byte[] change) {
    var line = new ByteArrayOutputStream(change.length + kind.length() + 24);
    line.writeBytes(("{\"kind\":\"" + kind + "\",\"change\":").getBytes(StandardCharsets.UTF_8));
    line.writeBytes(change);
    line.write('}');
    line.write('\n');
    return line.toByteArray();
  }

  @Override
  public synchronized void destroy() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
  }
}
