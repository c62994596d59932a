package io.rebound.sandbox.catalog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A shop's server that gives out one feed file. */
final class FeedServer implements AutoCloseable {
  static final String HEADER =
      "id,title,description,availability,condition,price,link,image_link,brand\n";

  private final HttpServer server;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile byte[] file = {};
  private volatile int status = 200;
  private volatile boolean stalls;
  private volatile String authorization = "";

  FeedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/feed.csv", this::answer);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = file;
    exchange.sendResponseHeaders(status, stalls ? body.length + 1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
    if (stalls) {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.close();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/feed.csv";
  }

  void serves(String text) {
    serves(text.getBytes(StandardCharsets.UTF_8));
  }

  void serves(byte[] bytes) {
    file = bytes;
    status = 200;
  }

  void fails(int with) {
    status = with;
  }

  /** Sends what it has, but never the last byte. */
  void stalls() {
    stalls = true;
  }

  String authorization() {
    return authorization;
  }

  static String row(String id, String price) {
    return "%s,\"Shirt, \"\"trail\"\"\",\"Two\nlines\",in stock,new,%s,https://shop.example/p,https://shop.example/p.jpg,Alder\n"
        .formatted(id, price);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  static FeedServer start() {
    try {
      return new FeedServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
