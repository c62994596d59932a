package io.rebound.benchmarks.identity;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What the same PostgreSQL does for a program that only upserts: a row an event, as wide as what an
 * event brings and with contents of its own, in a table with a row for each person. As many events
 * as with identity are somebody's who isn't there yet.
 */
final class UpsertFloor {
  private static final int WIDTH = 700;
  private static final int NEW_OF_A_HUNDRED = 8;
  private static final int BODIES = 4096;

  private final String url;

  /** As different as real ones: they are sent, logged and stored one by one. */
  private final String[] bodies = new String[BODIES];

  UpsertFloor(int postgresPort) throws SQLException {
    var random = new SplittableRandom(1);
    var body = new byte[WIDTH * 3 / 4];
    for (int number = 0; number < BODIES; number++) {
      random.nextBytes(body);
      bodies[number] = Base64.getEncoder().encodeToString(body);
    }
    url = "jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres?user=postgres";
    try (Connection connection = DriverManager.getConnection(url);
        var ddl = connection.createStatement()) {
      ddl.execute(
          "create table floor (id uuid primary key, n bigint, body text) with (fillfactor = 80)");
      ddl.execute("alter table floor alter column body set storage external");
    }
  }

  /** From now on there are that many. */
  void grow(long people) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var insert =
            connection.prepareStatement(
                """
                insert into floor select md5(i::text)::uuid, 1, ?
                from generate_series((select count(*) from floor), ? - 1) i
                on conflict do nothing
                """);
        var vacuum = connection.createStatement()) {
      insert.setString(1, bodies[0]);
      insert.setLong(2, people);
      insert.executeUpdate();
      vacuum.execute("vacuum analyze floor");
    }
  }

  /** One connection's work. */
  final class Upserts implements AutoCloseable {
    private final Connection connection = DriverManager.getConnection(url);
    private final SplittableRandom random;
    private final java.security.MessageDigest md5;

    Upserts(int number) throws Exception {
      connection.setAutoCommit(false);
      random = new SplittableRandom(number);
      md5 = java.security.MessageDigest.getInstance("MD5");
    }

    /** Upserts that many rows in one transaction. */
    void batch(int rows, long people) throws SQLException {
      var ids = new java.util.TreeSet<UUID>();
      while (ids.size() < rows) {
        ids.add(
            random.nextInt(100) < NEW_OF_A_HUNDRED
                ? new UUID(random.nextLong(), random.nextLong())
                : known(random.nextLong(people)));
      }
      try (var statement =
          connection.prepareStatement(
              """
              insert into floor
              select id, 1, body from unnest(?::uuid[], ?::text[]) as n (id, body) order by id
              on conflict (id) do update set n = floor.n + 1, body = excluded.body
              """)) {
        statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
        statement.setArray(
            2,
            connection.createArrayOf(
                "text",
                ids.stream().map(_ -> bodies[random.nextInt(BODIES)]).toArray(String[]::new)));
        statement.executeUpdate();
        connection.commit();
      }
    }

    // as md5(i::text)::uuid makes it
    private UUID known(long number) {
      var bytes =
          java.nio.ByteBuffer.wrap(
              md5.digest(Long.toString(number).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      return new UUID(bytes.getLong(), bytes.getLong());
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
