package io.rebound.quickstart;

import io.rebound.events.EventJson;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./rebound audit verify}: has every service on this machine follow its audit's chain, and
 * prints a line for each. Ends with 0 if all are intact, with 1 if one is broken, with 2 if one
 * couldn't be asked.
 *
 * <p>Arguments: {@code --heads <file>} compares with the heads noted there by an earlier run, and
 * notes the present ones: kept on another machine it also shows a chain that was cut off or made
 * anew. {@code --port-base <n>} as of {@code ./rebound up}. The key is the environment's {@code
 * REBOUND_ADMIN_KEY}, or the quickstart's.
 */
public final class AuditCommand {
  static final int INTACT = 0;
  static final int BROKEN = 1;
  static final int NOT_ASKED = 2;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Ports ports;
  private final String key;
  private final PrintStream out;

  AuditCommand(Ports ports, String key, PrintStream out) {
    this.ports = ports;
    this.key = key;
    this.out = out;
  }

  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    if (given.isEmpty() || !given.getFirst().equals("verify")) {
      System.err.println("usage: ./rebound audit verify [--heads FILE] [--port-base N]");
      System.exit(NOT_ASKED);
    }
    String base = Option.of("--port-base", given).orElse(null);
    String key = System.getenv("REBOUND_ADMIN_KEY");
    var command =
        new AuditCommand(
            base == null ? Ports.standard() : Ports.from(Integer.parseInt(base)),
            key == null ? DemoSettings.ADMIN_KEY : key,
            System.out);
    try {
      System.exit(command.verify(Option.of("--heads", given).map(Path::of).orElse(null)));
    } catch (IOException e) {
      System.err.println("The heads can't be read or noted: " + e.getMessage());
      System.exit(NOT_ASKED);
    }
  }

  /**
   * Asks them all; returns what the process is to end with.
   *
   * @param noted where heads are noted; null if they aren't
   */
  int verify(@Nullable Path noted) throws IOException {
    NotedHeads heads = NotedHeads.read(noted);
    int worst = INTACT;
    for (DemoService service : DemoService.values()) {
      int came = verify(service, heads);
      worst = worst == BROKEN || came == BROKEN ? BROKEN : Math.max(worst, came);
    }
    heads.write();
    return worst;
  }

  private int verify(DemoService service, NotedHeads heads) {
    try {
      String head = heads.of(service.title());
      HttpResponse<byte[]> answer =
          http.send(request(service.port(ports), head), BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        return line(service, NOT_ASKED, "answered " + answer.statusCode());
      }
      JsonNode result = EventJson.MAPPER.readTree(answer.body());
      if (!result.path("intact").booleanValue()) {
        return line(service, BROKEN, "BROKEN: " + result.path("reason").asString("no reason"));
      }
      String present = result.path("head").asString("");
      heads.note(service.title(), present);
      String against = head == null ? "" : ", and goes on from the head that was noted";
      return line(
          service,
          INTACT,
          "intact, %d entries up to %s%s"
              .formatted(result.path("entries").longValue(), present, against));
    } catch (IOException e) {
      return line(service, NOT_ASKED, "doesn't answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return line(service, NOT_ASKED, "wasn't waited for");
    }
  }

  private HttpRequest request(int port, @Nullable String head) {
    String url = "http://localhost:" + port + "/v1/audit/verify";
    return HttpRequest.newBuilder(URI.create(head == null ? url : url + "?head=" + head))
        .timeout(Duration.ofMinutes(10)) // a chain of many years is long
        .header("Authorization", "Bearer " + key)
        .build();
  }

  private int line(DemoService service, int result, String text) {
    out.printf("%-13s %s%n", service.title(), text);
    return result;
  }
}
