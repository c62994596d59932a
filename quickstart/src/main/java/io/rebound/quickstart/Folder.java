package io.rebound.quickstart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that holds a quickstart's data and keys, locked while the platform runs. */
final class Folder implements AutoCloseable {
  private final Path root;
  private final FileChannel channel;

  private Folder(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /** Locks the folder; the lock ends with the process, also if it is killed. */
  static Folder lock(Path root) throws IOException, CannotStart {
    Files.createDirectories(root);
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new CannotStart(
          "Rebound is already running with the data in "
              + root
              + ". Stop it first (Ctrl-C where it runs).");
    }
    return new Folder(root, channel);
  }

  /** Deletes everything but the lock and the log, which is being written. */
  void wipe() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Path top = file.equals(root) ? root : root.resolve(root.relativize(file).getName(0));
      if (!file.equals(root) && !kept(top.getFileName().toString())) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean kept(String name) {
    return name.equals("lock") || name.startsWith("rebound.log");
  }

  Path path(String name) {
    return root.resolve(name);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
