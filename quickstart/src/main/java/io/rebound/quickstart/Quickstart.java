package io.rebound.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * {@code ./rebound up}: starts everything in the foreground and stops it cleanly on Ctrl-C.
 *
 * <p>Arguments: {@code --fresh} wipes the data first; {@code --data <folder>} keeps them elsewhere
 * than in {@code .rebound}; {@code --port-base <n>} listens at twelve ports from there on instead
 * of the documented ones.
 */
public final class Quickstart {
  private Quickstart() {}

  public static void main(String[] arguments) throws InterruptedException {
    List<String> given = List.of(arguments);
    Path data = Path.of(Option.of("--data", given).orElse(".rebound"));
    Ports ports =
        Option.of("--port-base", given)
            .map(Integer::valueOf)
            .map(Ports::from)
            .orElse(Ports.standard());
    var stopped = new CountDownLatch(1);
    try {
      Platform platform =
          Platform.start(
              data.toAbsolutePath().normalize(),
              ports,
              given.contains("--fresh"),
              System.out::println);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
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
