package io.rebound.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The PostgreSQL server of a test JVM. */
public final class TestPostgres {
  private final String address;
  private final String user;
  private final String password;

  private TestPostgres(String address, String user, String password) {
    this.address = address;
    this.user = user;
    this.password = password;
  }

  static TestPostgres embedded(Path folder) {
    try {
      LocalPostgres server = LocalPostgres.start(folder, 0, TestServers.withoutDurability());
      TestServers.discardAtExit(server, folder);
      return new TestPostgres("jdbc:postgresql://127.0.0.1:" + server.port() + "/", "postgres", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("resource") // lives as long as the JVM
  static TestPostgres inContainer() {
    var container = new PostgreSQLContainer("postgres:17");
    container.start();
    String address =
        "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(5432) + "/";
    return new TestPostgres(address, container.getUsername(), container.getPassword());
  }

  /** A new empty database whose name starts with {@code prefix}. */
  public Database createDatabase(String prefix) {
    String name = TestServers.uniqueName(prefix.replace('-', '_'));
    try (Connection connection = DriverManager.getConnection(address + "postgres", user, password);
        var statement = connection.createStatement()) {
      statement.execute("create database \"" + name + '"');
    } catch (SQLException e) {
      throw new IllegalStateException("Database " + name + " can't be created", e);
    }
    return new Database(address + name, user, password);
  }
}
