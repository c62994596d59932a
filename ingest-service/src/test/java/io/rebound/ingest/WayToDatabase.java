package io.rebound.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a database, which a test opens and closes; closed at first, as if nobody listened. */
final class WayToDatabase implements AutoCloseable {
  private final URI database;
  private final int port;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private ServerSocket door;

  WayToDatabase(String jdbcUrl) throws IOException {
    database = URI.create(jdbcUrl.substring("jdbc:".length()));
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + database.getPath();
  }

  void open() throws IOException {
    door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    ServerSocket opened = door;
    Thread.startVirtualThread(() -> {
      try {
        while (true) {
          join(opened.accept());
        }
      } catch (IOException closed) {
        // as the test wants it
      }
    });
  }

  private void join(Socket client) throws IOException {
    var server = new Socket(database.getHost(), database.getPort());
    connections.add(client);
    connections.add(server);
    Thread.startVirtualThread(() -> copy(client, server));
    Thread.startVirtualThread(() -> copy(server, client));
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException closed) {
      // with one side the other ends
    }
  }

  /** Nobody listens, and what was connected is cut. */
  @Override
  public void close() throws IOException {
    if (door != null) {
      door.close();
    }
    for (Socket connection : connections) {
      connection.close();
    }
    connections.clear();
  }
}
