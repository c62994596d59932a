package io.rebound.localservers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * A PostgreSQL server of this machine's own, its data in a folder. What it committed survives
 * SIGKILL and, unlike the embedded library's default, a power cut: fsync is on. A server that an
 * earlier killed process left behind is stopped before this one starts.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final Duration STARTUP = Duration.ofSeconds(30);

  private final EmbeddedPostgres server;

  private LocalPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Stops the server that a killed process left running on this folder's data, so that its port is
   * free again. {@link #start} does it too.
   */
  public static void stopLeftBehind(Path folder) throws IOException {
    LeftBehind.stop(folder, folder.resolve("data"));
  }

  /**
   * Starts the server.
   *
   * @param folder where the data and the unpacked server live
   * @param port on the loopback interface; 0 for any
   * @param settings server settings on top of the quickstart's
   */
  public static LocalPostgres start(Path folder, int port, Map<String, String> settings)
      throws IOException {
    Files.createDirectories(folder);
    stopLeftBehind(folder);
    Path data = folder.resolve("data");
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
            .setCleanDataDirectory(false)
            // whoever starts it closes it, after what uses it: a hook of its own would end it first
            .setRegisterShutdownHook(false)
            .setPort(port)
            .setPGStartupWait(STARTUP)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "100")
            .setServerConfig("shared_buffers", "64MB")
            .setServerConfig("max_wal_size", "512MB")
            .setServerConfig("wal_compression", "pglz")
            .setServerConfig("jit", "off");
    settings.forEach(builder::setServerConfig);
    return new LocalPostgres(builder.start());
  }

  public int port() {
    return server.getPort();
  }

  /** The database of that name with a role of the same name that owns it; made if missing. */
  public Database database(String name, String password) {
    String role = identifier(name);
    try (Connection admin = connect("postgres")) {
      if (!exists(admin, "select 1 from pg_roles where rolname = ?", name)) {
        run(admin, "create role " + role + " login");
      }
      // PostgreSQL takes no parameters in DDL; the quotes of a literal are doubled
      run(admin, "alter role " + role + " password '" + password.replace("'", "''") + "'");
      if (!exists(admin, "select 1 from pg_database where datname = ?", name)) {
        run(admin, "create database " + role + " owner " + role);
        run(admin, "revoke connect on database " + role + " from public");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Database " + name + " can't be prepared", e);
    }
    return new Database(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, name, password);
  }

  /** A connection of the server's own superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database + "?user=postgres");
  }

  private static String identifier(String name) {
    if (!name.matches("[a-z][a-z0-9_-]{0,60}")) {
      throw new IllegalArgumentException("Not a database name: " + name.toLowerCase(Locale.ROOT));
    }
    return '"' + name + '"';
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
