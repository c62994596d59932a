package io.rebound.sandbox.journal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings the state back before the first request: replays the journal and writes it anew, shorter.
 * A last line that a kill cut off counts as never written, because nobody got an answer for it.
 */
@Component
final class Recovery implements SmartInitializingSingleton {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Journal journal;
  private final Map<String, Journaled> states;

  Recovery(Journal journal, List<Journaled> states) {
    this.journal = journal;
    this.states = states.stream().collect(Collectors.toMap(Journaled::kind, Function.identity()));
  }

  @Override
  public void afterSingletonsInstantiated() {
    Path file = journal.file();
    if (file == null) {
      return;
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.exists(file)) {
        replay(file);
        compact(file);
      }
      journal.open();
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's journal can't be opened", e);
    }
  }

  private void replay(Path file) throws IOException {
    long changes = 0;
    long damaged = 0;
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode entry = parsed(line);
        if (entry == null) {
          damaged++;
        } else {
          replay(entry);
          changes++;
        }
      }
    }
    log.atInfo()
        .addKeyValue("changes", changes)
        .addKeyValue("damaged", damaged)
        .log("The sandbox has its state back");
  }

  private void replay(JsonNode entry) {
    String kind = entry.path("kind").asString("");
    if (kind.equals(Journal.RESET)) {
      states.values().forEach(Journaled::clear);
      return;
    }
    Journaled state = states.get(kind);
    if (state != null) {
      state.replay(entry.path("change"));
    }
  }

  private static @Nullable JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JacksonException e) {
      return null;
    }
  }

  private void compact(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
      for (Journaled state : states.values()) {
        state.compact(change -> out.write(Journal.line(state.kind(), change)));
      }
    }
    Files.move(
        fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
