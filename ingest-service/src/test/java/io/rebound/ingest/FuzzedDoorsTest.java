package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.rebound.ingest.fuzz.Mutation;
import io.rebound.ingest.fuzz.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Bodies that begin as good ones and are damaged at random: in their structure, in their values, in
 * their bytes, in their headers. {@code -Drebound.fuzz.seed} repeats a run, {@code
 * -Drebound.fuzz.bodies} makes it longer.
 */
class FuzzedDoorsTest {
  private static final long SEED = Long.getLong("rebound.fuzz.seed", System.nanoTime());
  private static final int BODIES = Integer.getInteger("rebound.fuzz.bodies", 20_000);
  private static final int CLIENTS = 4;

  private final RunningIngest ingest = RunningIngest.get();
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Queue<String> defects = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  @Test
  void no_body_is_answered_with_a_defect_and_none_shows_in_a_log() throws Exception {
    var log = new Recorder();
    var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    log.setContext(root.getLoggerContext());
    log.start();
    root.addAppender(log);
    try {
      sendAll();
    } finally {
      root.detachAppender(log);
    }

    String seed = "-Drebound.fuzz.seed=" + SEED;
    // the damage is neither so small that all passes nor so large that nothing gets far
    assertThat(answers.get(200)).as(seed).isGreaterThan(BODIES / 10);
    assertThat(answers.get(400)).as(seed).isGreaterThan(BODIES / 10);
    assertThat(failures).as(seed).isEmpty();
    assertThat(defects).as(seed).isEmpty();
    assertThat(logged).as(seed).noneMatch(FuzzedDoorsTest::isPersonal);
  }

  private static boolean isPersonal(String line) {
    return line.contains(Template.MAIL_DOMAIN) || line.contains(Template.PHONE);
  }

  private void sendAll() throws Exception {
    var clients = new ArrayList<Callable<Void>>();
    for (int number = 0; number < CLIENTS; number++) {
      var random = new Random(SEED + number);
      clients.add(() -> {
        for (int body = 0; body < BODIES / CLIENTS; body++) {
          send(random);
        }
        return null;
      });
    }
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (var client : threads.invokeAll(clients)) {
        client.get();
      }
    }
  }

  private void send(Random random) {
    Template template = Template.any(random);
    byte[] body = Mutation.damaged(template.body(random), random);
    Map<String, String> headers = Mutation.headers(RunningIngest.WRITE_KEY, random);
    int status = ingest.post(template.path(), body, headers).status();
    answers.merge(status, 1, Integer::sum);
    boolean answered = status == 200 || status == 202 || (status >= 400 && status < 500);
    if (!answered) {
      failures.add(status + " from " + template.path() + " for " + new String(body, UTF_8));
    }
  }

  /**
   * Everything that would reach a log, and every line that tells of a defect, Netty's leaks
   * included.
   */
  private final class Recorder extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      String line = event.getFormattedMessage() + keyValues(event);
      logged.add(line);
      boolean doors =
          event.getLoggerName().startsWith("io.rebound.ingest")
              || event.getLoggerName().startsWith("io.netty");
      if (event.getThrowableProxy() != null || (doors && event.getLevel() == Level.ERROR)) {
        defects.add(line + " " + event.getThrowableProxy());
      }
    }

    private static String keyValues(ILoggingEvent event) {
      List<?> pairs = event.getKeyValuePairs();
      return pairs == null ? "" : " " + pairs;
    }
  }
}
