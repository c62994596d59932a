package io.rebound.meta;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A Meta on a real socket that gives the answers a test has put in line, and keeps what it was
 * asked.
 */
final class ScriptedMeta implements AutoCloseable {
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final MeterRegistry metrics = new SimpleMeterRegistry();
  final RotatingTokens tokens;

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final HttpServer server;
  private final Transport transport;
  private final Clock clock;
  private final String version;

  record Asked(String method, URI uri, @Nullable String authorization, String body) {}

  @FunctionalInterface
  interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  ScriptedMeta(Clock clock) {
    this(clock, "v26.0");
  }

  ScriptedMeta(Clock clock, String version) {
    this.version = version;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    this.clock = clock;
    tokens = new RotatingTokens(clock);
    tokens.replace(Tokens.DEFAULT, new Token("tok"));
    transport = new Transport(properties());
  }

  MetaProperties properties() {
    return new MetaProperties(
        URI.create("http://localhost:" + server.getAddress().getPort()),
        version,
        null,
        null,
        "secret",
        Duration.ofSeconds(1),
        Duration.ofMillis(500),
        2,
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofSeconds(30),
        0.5,
        null);
  }

  GraphClient client() {
    return new GraphClient(
        transport,
        tokens,
        new Circuits(properties(), metrics, clock),
        new Pace(clock, 2, metrics),
        new Holds(tokens, properties().probeSetupEvery(), clock, metrics),
        new CallRecord(metrics, clock));
  }

  /** From now on this answer, whatever was still in line. */
  ScriptedMeta nowAnswers(int status, String body) {
    answers.clear();
    return answers(status, body);
  }

  ScriptedMeta answers(int status, String body, String... headers) {
    answers.add(exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    });
    return this;
  }

  ScriptedMeta nowAnswersWith(Answer answer) {
    answers.clear();
    answers.add(answer);
    return this;
  }

  static String error(int code, int subcode) {
    return """
    {"error":{"message":"told","type":"OAuthException","code":%d,"error_subcode":%d,"fbtrace_id":"A1"}}
    """
        .formatted(code, subcode);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              body));
      Answer next = answers.size() > 1 ? answers.poll() : answers.peek(); // the last one stays
      if (next != null) {
        next.give(exchange);
      }
    }
  }

  void isDown() {
    server.stop(0);
  }

  @Override
  public void close() {
    transport.close();
    server.stop(0);
  }
}
