package io.rebound.sandbox.tenants;

import io.rebound.sandbox.SandboxProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder for each tenant beside the default's journal: its settings and its own journal. There is
 * a tenant if its settings are there; they are the last thing made and the first one deleted, so a
 * folder without them is what a kill left over.
 */
@Component
final class TenantFolders {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SETTINGS = "tenant.json";

  private final @Nullable Path path;

  TenantFolders(SandboxProperties properties) {
    if (properties.journal().isBlank()) {
      this.path = null;
    } else {
      Path journal = Path.of(properties.journal());
      this.path = journal.resolveSibling(journal.getFileName() + ".tenants");
    }
  }

  /** All that are kept; what else lies there is deleted. */
  List<TenantSettings> saved() {
    if (path == null || !Files.isDirectory(path)) {
      return List.of();
    }
    var found = new ArrayList<TenantSettings>();
    try (Stream<Path> folders = Files.list(path)) {
      for (Path folder : folders.sorted().toList()) {
        Path settings = folder.resolve(SETTINGS);
        if (Files.exists(settings)) {
          found.add(JSON.readValue(Files.readAllBytes(settings), TenantSettings.class));
        } else {
          FileSystemUtils.deleteRecursively(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The tenants' folders can't be read", e);
    }
    return found;
  }

  /** From now on there is this tenant, after a restart too. */
  void save(TenantSettings settings) {
    if (path == null) {
      return;
    }
    Path folder = path.resolve(settings.name());
    Path fresh = folder.resolve(SETTINGS + ".new");
    try {
      Files.createDirectories(folder);
      Files.write(fresh, JSON.writeValueAsBytes(settings));
      Files.move(
          fresh,
          folder.resolve(SETTINGS),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("A tenant's folder can't be written", e);
    }
  }

  /** Nothing is left of it. */
  void delete(String name) {
    if (path == null) {
      return;
    }
    Path folder = path.resolve(name);
    try {
      Files.deleteIfExists(folder.resolve(SETTINGS));
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("A tenant's folder can't be deleted", e);
    }
  }

  /** Its {@code sandbox.journal}; empty if everything is kept in memory only. */
  String journal(String name) {
    return path == null ? "" : path.resolve(name).resolve("state").toString();
  }
}
