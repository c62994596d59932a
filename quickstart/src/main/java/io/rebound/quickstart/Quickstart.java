package io.rebound.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * {@code ./rebound up}: starts everything in the foreground and stops it cleanly on Ctrl-C.
 *
 * <p>Arguments: {@code --fresh} wipes the data first; {@code --data <folder>} keeps them elsewhere than
 * in {@code .rebound}.
 */
public final class Quickstart {
  private Quickstart() {}

  public static void main(String[] arguments) throws InterruptedException {
    List<String> given = List.of(arguments);
    Path data = Path.of(".rebound");
    int folder = given.indexOf("--data");
    if (folder >= 0 && folder + 1 < given.size()) {
      data = Path.of(given.get(folder + 1));
    }
    var stopped = new CountDownLatch(1);
    try {
      Platform platform =
          Platform.start(
              data.toAbsolutePath().normalize(),
              Ports.standard(),
              given.contains("--fresh"),
              System.out::println);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    System.out.println("Rebound stops");
                    platform.close();
                    stopped.countDown();
                  }));
      System.out.println(Welcome.table(platform.ports()));
      System.out.println("Rebound is ready");
    } catch (CannotStart | IOException e) {
      System.err.println("Rebound can't start: " + e.getMessage());
      System.exit(1);
    }
    stopped.await();
  }
}
