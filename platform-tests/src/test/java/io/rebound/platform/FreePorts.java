package io.rebound.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody listens at, at the time of asking. */
final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000; // below the range the system gives to clients

  private FreePorts() {}

  static int inARow(int count) {
    while (true) {
      int base = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      boolean free = true;
      for (int port = base; free && port < base + count; port++) {
        free = isFree(port);
      }
      if (free) {
        return base;
      }
    }
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
