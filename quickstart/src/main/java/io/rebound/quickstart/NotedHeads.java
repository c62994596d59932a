package io.rebound.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where each service's audit ended when it was last verified: a line a service, in a file. */
final class NotedHeads {
  private final @Nullable Path file;
  private final Map<String, String> heads = new TreeMap<>();

  private NotedHeads(@Nullable Path file) {
    this.file = file;
  }

  /**
   * What was noted there; nothing if it doesn't exist.
   *
   * @param file null if nothing is to be noted
   */
  static NotedHeads read(@Nullable Path file) throws IOException {
    var noted = new NotedHeads(file);
    if (file != null && Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ", 2);
        if (words.length == 2) {
          noted.heads.put(words[0], words[1].strip());
        }
      }
    }
    return noted;
  }

  @Nullable String of(String service) {
    return heads.get(service);
  }

  void note(String service, String head) {
    heads.put(service, head);
  }

  /** The file has all heads, or what it had before. */
  void write() throws IOException {
    if (file == null) {
      return;
    }
    var text = new StringBuilder();
    heads.forEach((service, head) ->
        text.append(service).append(' ').append(head).append(System.lineSeparator()));
    Path complete = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(complete, text);
    Files.move(complete, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
