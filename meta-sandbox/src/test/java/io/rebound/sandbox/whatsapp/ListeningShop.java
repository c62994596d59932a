package io.rebound.sandbox.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.rebound.sandbox.Caller;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.graph.Signature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A shop that takes what is signed for it, opposite to a sandbox of its own. */
final class ListeningShop implements AutoCloseable {
  static final String NUMBER = "4915112345678";
  static final String MESSAGES = "/v26.0/4000000004/messages";
  static final String TEMPLATES = "/v26.0/5000000005/message_templates";

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final MetaSandbox sandbox;
  private volatile boolean down;

  ListeningShop(Map<String, Object> settings) throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String signature = exchange.getRequestHeaders().getFirst("X-Hub-Signature-256");
          boolean ours = ("sha256=" + Signature.hex("demo-app-secret", body)).equals(signature);
          if (ours && !down) {
            bodies.add(new String(body, UTF_8));
          }
          exchange.sendResponseHeaders(down ? 503 : ours ? 200 : 401, -1);
          exchange.close();
        });
    server.start();
    var all = new HashMap<String, Object>(settings);
    all.put("server.port", 0);
    all.put("sandbox.webhook.url", "http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    sandbox = MetaSandbox.start(all);
  }

  static ListeningShop instant() throws IOException {
    return new ListeningShop(Map.of());
  }

  static ListeningShop lifelike() throws IOException {
    return new ListeningShop(Map.of("sandbox.profile", "lifelike"));
  }

  Caller caller() {
    return new Caller(sandbox.baseUrl());
  }

  void isDown(boolean answer) {
    down = answer;
  }

  /** Moves the sandbox's clock so far ahead of the real one. */
  void clockAhead(long seconds) {
    caller().put("/_sandbox/clock", "{\"offset_seconds\": " + seconds + "}");
  }

  /** The customer does something: the fields of the act besides {@code from}. */
  Caller.Reply customer(String act) {
    return caller()
        .post("/_sandbox/whatsapp/inbound", "{\"from\": \"+" + NUMBER + "\", " + act + "}");
  }

  /** Sends to the customer's number: the fields besides it. */
  Caller.Reply send(String message) {
    return caller()
        .post(
            MESSAGES,
            "{\"messaging_product\": \"whatsapp\", \"to\": \"+" + NUMBER + "\", " + message + "}");
  }

  List<String> bodies() {
    return bodies;
  }

  /** All changes' values of that field, in the order they came. */
  List<JsonNode> values(String field) {
    return bodies.stream()
        .map(JsonMapper.shared()::readTree)
        .flatMap(body -> body.path("entry").valueStream())
        .flatMap(entry -> entry.path("changes").valueStream())
        .filter(change -> change.path("field").asString().equals(field))
        .map(change -> change.path("value"))
        .toList();
  }

  List<JsonNode> messages() {
    return listed("messages");
  }

  List<JsonNode> statuses() {
    return listed("statuses");
  }

  List<String> statusWords() {
    return statuses().stream().map(one -> one.path("status").asString()).toList();
  }

  private List<JsonNode> listed(String list) {
    return values("messages").stream()
        .flatMap(value -> value.has(list) ? value.path(list).valueStream() : Stream.of())
        .toList();
  }

  @Override
  public void close() {
    sandbox.close();
    server.stop(0);
  }
}
