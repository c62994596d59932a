package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.GraphError;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Upload sessions: what one has received grows with its batches. They live 90 minutes and don't
 * survive a restart. The last batch may come again, because its answer may have been lost.
 */
@Component
class Sessions {
  private static final Duration OPEN = Duration.ofMinutes(90);
  private static final int MOST = 10_000;

  private final Map<Long, Session> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Session> eldest) {
          return size() > MOST;
        }
      };
  private final Clock clock;

  Sessions(Clock clock) {
    this.clock = clock;
  }

  /** What a session has received so far. */
  record Progress(long id, long received, long invalid) {}

  private record Session(
      long startedAt, long lastSequence, boolean closed, long received, long invalid) {}

  /** Whether the batch may come; asked before its rows take effect. */
  synchronized void check(JsonNode session) {
    OptionalLong id = id(session);
    if (id.isEmpty()) {
      return;
    }
    Session known = sessions.get(id.getAsLong());
    if (known == null) {
      return;
    }
    if (clock.millis() - known.startedAt >= OPEN.toMillis()) {
      throw GraphError.invalidParameter("The session is closed: it began 90 minutes ago");
    }
    if (known.closed && sequence(session) != known.lastSequence) {
      throw GraphError.invalidParameter("The session is closed: its last batch has come");
    }
  }

  /** Counts a batch that took effect. */
  synchronized Progress count(JsonNode session, Upload upload) {
    long id = id(session).orElseGet(() -> ThreadLocalRandom.current().nextLong(1, 1L << 53));
    long sequence = sequence(session);
    Session known = sessions.getOrDefault(id, new Session(clock.millis(), 0, false, 0, 0));
    boolean again = known.closed;
    var counted =
        new Session(
            known.startedAt,
            Math.max(known.lastSequence, sequence),
            known.closed || session.path("last_batch_flag").asBoolean(false),
            known.received + (again ? 0 : upload.received()),
            known.invalid + (again ? 0 : upload.invalid()));
    sessions.put(id, counted);
    return new Progress(id, counted.received, counted.invalid);
  }

  private static OptionalLong id(JsonNode session) {
    if (!session.isObject()) {
      return OptionalLong.empty();
    }
    long id = session.path("session_id").asLong(0);
    if (id <= 0) {
      throw GraphError.invalidParameter("Param session.session_id must be a positive number");
    }
    return OptionalLong.of(id);
  }

  private static long sequence(JsonNode session) {
    long sequence = session.path("batch_seq").asLong(1);
    if (sequence < 1) {
      throw GraphError.invalidParameter("Param session.batch_seq starts with 1");
    }
    return sequence;
  }
}
