package io.rebound.platform;

import io.rebound.sealing.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Key files that several installations share, so that the same customers have the same person ids
 * everywhere.
 */
final class SameKeys {
  private final Path folder;

  SameKeys(Path folder) throws IOException {
    this.folder = folder;
    KeyFiles.createMissing(folder);
  }

  Path folder() {
    return folder;
  }

  void copyTo(Path keys) throws IOException {
    Files.createDirectories(keys);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, keys.resolve(file.getFileName()));
      }
    }
  }
}
