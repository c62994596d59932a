package io.rebound.sandbox.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page in headless Chromium, steered by the DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Process process;
  private final Path profile;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final WebSocket socket;

  private Browser(Process process, Path profile, URI page) throws IOException {
    this.process = process;
    this.profile = profile;
    String tools =
        lineWith(process.errorReader(), "DevTools listening on ").replaceFirst(".*ws://", "");
    String host = tools.substring(0, tools.indexOf('/'));
    this.socket = http.newWebSocketBuilder().buildAsync(tab(host, page), new Answers()).join();
    process.errorReader().close();
  }

  /** Where Chromium is, if this machine has it. */
  static Optional<Path> installed() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Browser open(Path chromium, URI page) {
    try {
      Path profile = Files.createTempDirectory("browser");
      Process process =
          new ProcessBuilder(
                  chromium.toString(),
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--no-first-run",
                  "--disable-dev-shm-usage",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new Browser(process, profile, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lineWith(BufferedReader lines, String words) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(words)) {
        return line;
      }
    }
    throw new IOException("Chromium ended before it listened");
  }

  private URI tab(String host, URI page) throws IOException {
    HttpRequest open =
        HttpRequest.newBuilder(URI.create("http://" + host + "/json/new?" + page))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      String answer = http.send(open, HttpResponse.BodyHandlers.ofString()).body();
      return URI.create(JSON.readTree(answer).path("webSocketDebuggerUrl").asString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** What a script comes to in the page, as text. */
  String run(String script) {
    int id = ids.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    waiting.put(id, answer);
    String call =
        JSON.writeValueAsString(
            Map.of(
                "id",
                id,
                "method",
                "Runtime.evaluate",
                "params",
                Map.of("expression", "String(" + script + ")", "returnByValue", true)));
    socket.sendText(call, true).join();
    JsonNode result = answer.orTimeout(20, TimeUnit.SECONDS).join().path("result");
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value").asString("");
  }

  /** The text somebody sees there; nothing if there is no such element. */
  String text(String selector) {
    return run("document.querySelector(`%s`)?.innerText ?? ''".formatted(selector));
  }

  void click(String selector) {
    run("document.querySelector(`%s`).click()".formatted(selector));
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
    process.destroy();
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      process.destroyForcibly().onExit().join();
    }
    try {
      FileSystemUtils.deleteRecursively(profile);
    } catch (IOException e) {
      profile.toFile().deleteOnExit(); // a helper of the browser may still write
    }
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonNode answer = JSON.readTree(text.toString());
        text.setLength(0);
        CompletableFuture<JsonNode> asked = waiting.remove(answer.path("id").asInt(0));
        if (asked != null) {
          asked.complete(answer);
        }
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }
}
