package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.quickstart.Ports;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Everything a running platform has written anywhere, the sandbox's own store aside. */
final class Places {
  private final Path folder;
  private final Installation installation;

  /**
   * @param folder its data and logs are below it; the sandbox keeps its store in {@code sandbox}
   */
  Places(Path folder, Installation installation) {
    this.folder = folder;
    this.installation = installation;
  }

  /** What is found where, by place. Nothing, if all is well. */
  Map<String, Set<String>> with(Needles needles) throws Exception {
    var found = new TreeMap<String, Set<String>>();
    visit((place, bytes) -> {
      Set<String> here = needles.in(bytes);
      if (!here.isEmpty()) {
        found.merge(
            place,
            here,
            (one, other) -> {
              one.addAll(other);
              return one;
            });
      }
    });
    return found;
  }

  private void visit(BiConsumer<String, byte[]> place) throws Exception {
    files(place);
    tables(place);
    records(place);
    metrics(place);
  }

  /** Logs, access logs, Kafka's segments, and PostgreSQL's files as they lie there. */
  private void files(BiConsumer<String, byte[]> place) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(
                  file -> Stream.of("sandbox", "binaries").noneMatch(name -> isBelow(file, name)))
              .toList();
    }
    for (Path file : files) {
      try {
        place.accept("file " + folder.relativize(file), Files.readAllBytes(file));
      } catch (NoSuchFileException gone) {
        continue; // the servers tidy up
      }
    }
  }

  private boolean isBelow(Path file, String name) {
    for (Path part : folder.relativize(file)) {
      if (part.toString().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** As a dump shows them, row by row: what is compressed in the files is plain here. */
  private void tables(BiConsumer<String, byte[]> place) throws SQLException {
    new Databases(installation.ports().postgres())
        .rows((table, row) -> place.accept("table " + table, row.getBytes(UTF_8)));
  }

  Connection superuser(String database) throws SQLException {
    return new Databases(installation.ports().postgres()).connect(database);
  }

  private void records(BiConsumer<String, byte[]> place) {
    new Records(bootstrap()).each((topic, record) -> place.accept("topic " + topic, record));
  }

  String bootstrap() {
    return "127.0.0.1:" + installation.ports().kafka();
  }

  private void metrics(BiConsumer<String, byte[]> place) {
    Ports ports = installation.ports();
    for (int port :
        List.of(
            ports.ingest(),
            ports.identity(),
            ports.segmentation(),
            ports.capiSync(),
            ports.catalogFeed(),
            ports.whatsapp())) {
      place.accept("metrics at " + port, installation.metrics(port).getBytes(UTF_8));
    }
  }
}
