package io.rebound.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where everything listens on the loopback interface. */
public record Ports(
    int ingest,
    int identity,
    int segmentation,
    int capiSync,
    int catalogFeed,
    int whatsapp,
    int sandbox,
    int sandboxHttps,
    int kafka,
    int kafkaController,
    int postgres,
    int ingestHttps) {

  /** The documented ones. */
  public static Ports standard() {
    return new Ports(8081, 8082, 8083, 8084, 8085, 8086, 8090, 8490, 19092, 19093, 15432, 8481);
  }

  /** Twelve in a row, so that a second platform can run beside the first. */
  public static Ports from(int base) {
    return new Ports(
        base, base + 1, base + 2, base + 3, base + 4, base + 5, base + 6, base + 7, base + 8,
        base + 9, base + 10, base + 11);
  }

  /** Free ones, so that several platforms can run on a machine. */
  public static Ports free() {
    int[] free = new int[12];
    ServerSocket[] held = new ServerSocket[free.length];
    try {
      for (int i = 0; i < free.length; i++) {
        held[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        free[i] = held[i].getLocalPort();
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("No free ports", e);
    }
    return new Ports(
        free[0], free[1], free[2], free[3], free[4], free[5], free[6], free[7], free[8], free[9],
        free[10], free[11]);
  }

  /** What is to listen where, by the name a user knows. */
  Map<String, Integer> byName() {
    var ports = new LinkedHashMap<String, Integer>();
    ports.put("ingest", ingest);
    ports.put("ingest over HTTPS", ingestHttps);
    ports.put("identity", identity);
    ports.put("segmentation", segmentation);
    ports.put("capi-sync", capiSync);
    ports.put("catalog-feed", catalogFeed);
    ports.put("whatsapp", whatsapp);
    ports.put("Meta sandbox", sandbox);
    ports.put("Meta sandbox over HTTPS", sandboxHttps);
    ports.put("Kafka", kafka);
    ports.put("Kafka controller", kafkaController);
    ports.put("PostgreSQL", postgres);
    return ports;
  }

  /** What is already taken by somebody else, as sentences. */
  List<String> taken() {
    return byName().entrySet().stream()
        .filter(port -> isTaken(port.getValue()))
        .map(port -> "port %d (%s)".formatted(port.getValue(), port.getKey()))
        .toList();
  }

  private static boolean isTaken(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true); // a port in TIME_WAIT is free
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
