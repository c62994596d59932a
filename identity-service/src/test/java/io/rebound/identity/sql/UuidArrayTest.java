package io.rebound.identity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidArrayTest {
  private static final List<List<@Nullable UUID>> ARRAYS =
      List.of(
          List.of(),
          List.of(new UUID(0, 0)),
          List.of(UUID.randomUUID(), new UUID(-1, -1), UUID.randomUUID()),
          Arrays.asList(null, UUID.randomUUID(), null));

  @ParameterizedTest
  @ValueSource(strings = {"binaryTransferEnable=2951", ""})
  void postgresql_reads_what_was_given_in_either_format(String property) throws Exception {
    Database database = TestServers.postgres().createDatabase("uuids");
    try (var connection =
            DriverManager.getConnection(
                database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + property,
                database.user(),
                database.password());
        var statement = connection.prepareStatement("select unnest(?::uuid[])")) {
      for (List<@Nullable UUID> ids : ARRAYS) {
        for (int times = 0; times < 7; times++) { // the driver changes its way after five
          statement.setObject(1, UuidArray.of(ids));
          var found = new ArrayList<@Nullable UUID>();
          try (var rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(rows.getObject(1, UUID.class));
            }
          }
          assertThat(found).isEqualTo(ids);
        }
      }
    }
  }
}
