package io.rebound.sandbox.journal;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of one kind of state. When it has grown to a multiple of what its state needs, it is
 * written anew, shorter. A last line that a kill cut off counts as never written, because nobody
 * got an answer for it.
 */
final class Segment {
  private static final Logger log = LoggerFactory.getLogger(Segment.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int BUFFER = 1 << 16;
  private static final long SMALLEST_TO_COMPACT = 128L << 20;
  private static final int GROWTH = 4;

  private final Path file;
  private final Journaled state;
  private @Nullable OutputStream out;
  private long size;
  private long compactAt;

  private Segment(Path file, Journaled state) {
    this.file = file;
    this.state = state;
  }

  static Segment open(Path file, Journaled state) throws IOException {
    var segment = new Segment(file, state);
    if (Files.exists(file)) {
      segment.replay();
    }
    segment.compact();
    return segment;
  }

  synchronized void append(byte[] change) throws IOException {
    if (out == null) {
      return; // closed: nobody is answered any more
    }
    byte[] line = new byte[change.length + 1];
    System.arraycopy(change, 0, line, 0, change.length);
    line[change.length] = '\n';
    out.write(line);
    size += line.length;
    if (size > compactAt) {
      compact();
    }
  }

  /** Writes the present state in place of what led to it. */
  synchronized void compact() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (OutputStream copy = new BufferedOutputStream(Files.newOutputStream(fresh), BUFFER)) {
      state.compact(change -> {
        copy.write(change);
        copy.write('\n');
      });
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    size = Files.size(file);
    compactAt = Math.max(SMALLEST_TO_COMPACT, size * GROWTH);
    out = new FileOutputStream(file.toFile(), true);
  }

  private void replay() throws IOException {
    long changes = 0;
    long damaged = 0;
    try (var in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
        var lines = new BufferedReader(in, BUFFER)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode change = parsed(line);
        if (change == null) {
          damaged++;
        } else {
          state.replay(change);
          changes++;
        }
      }
    }
    log.atInfo()
        .addKeyValue("kind", state.kind())
        .addKeyValue("changes", changes)
        .addKeyValue("damaged", damaged)
        .log("The sandbox has its state back");
  }

  private static @Nullable JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JacksonException e) {
      return null;
    }
  }

  synchronized void close() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
  }
}
