package io.rebound.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key file that is read at the start and again whenever its content has changed, so that keys
 * rotate while everything runs. While it can't be read, what was read last stays in force. Contents
 * are compared, not times: where files are mounted, a time says little.
 */
public final class WatchedFile<T> {
  private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

  private final Path file;
  private final Reader<T> reader;
  private final Runnable changed;
  private volatile T current;
  private String read;
  private @Nullable String reported;

  /** Makes of a file's text what it stands for. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * @param file only to be named in the exception's text, which must not quote the file
     */
    T read(Path file, String text);
  }

  /**
   * @param changed runs after each change
   * @throws Misconfigured if there is nothing to begin with
   */
  public WatchedFile(Path file, Reader<T> reader, Runnable changed) {
    this.file = file;
    this.reader = reader;
    this.changed = changed;
    try {
      this.read = Files.readString(file);
    } catch (IOException e) {
      throw new Misconfigured("The key file " + file + " can't be read", e);
    }
    this.current = reader.read(file, read);
  }

  /** What the file said when it could last be read. */
  public T current() {
    return current;
  }

  /** Reads the file again; true if it says something new. */
  public synchronized boolean look() {
    try {
      String text = Files.readString(file);
      if (text.equals(read)) {
        reported = null;
        return false;
      }
      current = reader.read(file, text);
      read = text;
      reported = null;
      log.atInfo().addKeyValue("file", file).log("A key file has changed and is in force");
      changed.run();
      return true;
    } catch (IOException e) {
      report(e.getClass().getSimpleName());
    } catch (RuntimeException e) { // its author said in it what is wrong, never what is in the file
      report(String.valueOf(e.getMessage()));
    }
    return false;
  }

  private void report(String reason) {
    if (!reason.equals(reported)) {
      reported = reason;
      log.atError()
          .addKeyValue("file", file)
          .addKeyValue("reason", reason)
          .log("A key file can't be read any more; the keys read last stay in force");
    }
  }

  synchronized boolean broken() {
    return reported != null;
  }
}
