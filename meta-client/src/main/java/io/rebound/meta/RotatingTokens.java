package io.rebound.meta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens that change while the service runs: replaced through {@link #replace}, or read from a file
 * (a mounted secret) again whenever the file changes.
 */
public final class RotatingTokens implements Tokens {
  private static final Logger log = LoggerFactory.getLogger(RotatingTokens.class);
  private static final Duration LOOK_AT_FILE_EVERY = Duration.ofSeconds(1);

  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final Map<String, WatchedFile> files = new ConcurrentHashMap<>();
  private final Clock clock;

  private record WatchedFile(Path path, FileTime modified, Instant lookedAt) {}

  public RotatingTokens(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Token current(String name) {
    files.computeIfPresent(name, this::look);
    Token token = tokens.get(name);
    if (token == null) {
      throw new IllegalStateException("There is no access token named " + name);
    }
    return token;
  }

  Set<String> names() {
    return Set.copyOf(tokens.keySet());
  }

  /** From the next call on, this token is used; a file watched under the name is forgotten. */
  public void replace(String name, Token token) {
    files.remove(name);
    tokens.put(name, token);
  }

  /** Takes the token from the file now, which must be readable, and whenever the file changes. */
  public void watch(String name, Path path) {
    try {
      files.put(name, new WatchedFile(path, read(name, path), clock.instant()));
    } catch (IOException e) {
      throw new UncheckedIOException("The token file can't be read", e);
    }
  }

  private WatchedFile look(String name, WatchedFile file) {
    Instant now = clock.instant();
    if (now.isBefore(file.lookedAt().plus(LOOK_AT_FILE_EVERY))) {
      return file;
    }
    try {
      FileTime modified = Files.getLastModifiedTime(file.path());
      if (!modified.equals(file.modified())) {
        modified = read(name, file.path());
        log.atInfo().addKeyValue("token", name).log("Access token read again, its file changed");
      }
      return new WatchedFile(file.path(), modified, now);
    } catch (IOException | IllegalArgumentException e) {
      // a file in the middle of being replaced: the token we have may well still be good
      log.atWarn()
          .addKeyValue("token", name)
          .log("Token file can't be read now; the token read before stays in use");
      return new WatchedFile(file.path(), file.modified(), now);
    }
  }

  private FileTime read(String name, Path path) throws IOException {
    FileTime modified =
        Files.getLastModifiedTime(path); // before reading: a change meanwhile is seen
    tokens.put(name, new Token(Files.readString(path).strip()));
    return modified;
  }
}
