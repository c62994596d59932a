package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.quickstart.Platform;
import io.rebound.quickstart.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./rebound audit verify}, against a platform whose databases somebody gets at. */
class AuditVerifyTest {
  private static final int PORTS_IN_A_ROW = 11;
  private static final String[] SERVICES = {
    "ingest", "identity", "segmentation", "capi-sync", "catalog-feed", "whatsapp"
  };

  @TempDir private static Path folder;
  private final int base = FreePorts.inARow(PORTS_IN_A_ROW);
  private final Path heads = folder.resolve("heads");

  private record Ended(int code, List<String> lines) {}

  @Test
  void what_was_tampered_with_is_told_and_ends_the_command_with_1() throws Exception {
    assertThat(verify("demo-admin-key").code()).isEqualTo(2); // nothing runs yet

    try (Platform platform =
        Platform.start(folder.resolve("data"), Ports.from(base), false, _ -> {})) {
      Installation installation = Installation.quickstart(platform.ports());
      installation.get(platform.ports().identity(), "/v1/audit");
      for (int entries = 0; entries < 3; entries++) {
        installation.get(platform.ports().catalogFeed(), "/v1/audit");
      }

      Ended first = verify("demo-admin-key");
      assertThat(first.code()).as("%s", first).isZero();
      assertThat(first.lines()).hasSize(SERVICES.length).allMatch(line -> line.contains("intact"));
      assertThat(line("catalog-feed", first)).contains("3 entries");
      assertThat(verify("a-wrong-key").code()).isEqualTo(2);

      String cutOff =
          """
          delete from audit_entry where seq = 3;
          update audit_head set last_seq = 2, last_hash = (select hash from audit_entry where seq = 2)
          """;
      behindTheBack(platform.ports().postgres(), "catalog-feed", cutOff);
      behindTheBack(
          platform.ports().postgres(), "identity", "update audit_entry set actor = 'somebody'");
      Ended second = verify("demo-admin-key");

      assertThat(second.code()).isEqualTo(1);
      assertThat(line("identity", second)).contains("BROKEN: The entry 1 was changed");
      assertThat(line("catalog-feed", second)).contains("BROKEN: The entry 3 is missing");
      assertThat(line("ingest", second)).contains("goes on from the head that was noted");
      assertThat(Files.readAllLines(heads)).hasSize(SERVICES.length);
    }
  }

  private static String line(String service, Ended command) {
    return command.lines().stream().filter(line -> line.startsWith(service)).findFirst().get();
  }

  /** What only a superuser can do: the tables' own guards don't see it. */
  private static void behindTheBack(int port, String database, String sql) throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    try (Connection superuser = DriverManager.getConnection(url);
        var statement = superuser.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(sql);
    }
  }

  private Ended verify(String key) throws Exception {
    var command = new ArrayList<>(Java.command());
    command.addAll(
        List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            Java.classPath(),
            "io.rebound.quickstart.AuditCommand",
            "verify",
            "--heads",
            heads.toString(),
            "--port-base",
            String.valueOf(base)));
    var process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("REBOUND_ADMIN_KEY", key);
    Process running = process.start();
    List<String> lines = running.inputReader().lines().toList();
    assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return new Ended(running.exitValue(), lines);
  }
}
