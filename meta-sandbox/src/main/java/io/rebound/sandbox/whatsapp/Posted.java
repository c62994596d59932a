package io.rebound.sandbox.whatsapp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rebound.sandbox.graph.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The latest bodies the webhook took, to look at and to post again; and counts. */
@Component
public class Posted {
  private static final int MOST = 1000;

  private final Map<Long, byte[]> bodies = new LinkedHashMap<>();
  private long position;
  private long taken;
  private long refused;
  private long forged;
  private long forgedTaken;

  synchronized void taken(byte[] body) {
    taken++;
    bodies.put(++position, body);
    if (bodies.size() > MOST) {
      bodies.remove(bodies.keySet().iterator().next());
    }
  }

  synchronized void refused() {
    refused++;
  }

  synchronized void forged(boolean accepted) {
    forged++;
    forgedTaken += accepted ? 1 : 0;
  }

  /**
   * The body at that position; the oldest one kept for 0.
   *
   * @throws IllegalArgumentException if there is none
   */
  synchronized byte[] body(long wanted) {
    byte[] body =
        wanted == 0 && !bodies.isEmpty() ? bodies.values().iterator().next() : bodies.get(wanted);
    if (body == null) {
      throw new IllegalArgumentException("nothing that was posted has that position");
    }
    return body;
  }

  /** Counts, and the latest bodies with their positions. */
  public synchronized ObjectNode shown(int limit) {
    ObjectNode shown =
        Answer.object()
            .put("taken", taken)
            .put("refused", refused)
            .put("forged", forged)
            .put("forged_taken", forgedTaken);
    ArrayNode latest = shown.putArray("posted");
    List<Long> positions = List.copyOf(bodies.keySet()).reversed();
    for (long one : positions.subList(0, Math.min(limit, positions.size()))) {
      latest
          .addObject()
          .put("position", one)
          .put("body", new String(bodies.getOrDefault(one, new byte[0]), US_ASCII));
    }
    return shown;
  }

  public synchronized void clear() {
    bodies.clear();
    taken = 0;
    refused = 0;
    forged = 0;
    forgedTaken = 0;
  }
}
