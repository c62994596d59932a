package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import java.util.Random;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Meta allows itself with webhooks, on demand: {@code PUT /_sandbox/whatsapp/webhooks}.
 *
 * <ul>
 *   <li>{@code duplicate}: percent of the notifications told twice
 *   <li>{@code shuffle}: each is held back by a random time of up to {@code within_ms}, so the
 *       order is lost
 *   <li>{@code batch}: up to so many are posted as one, those of the same {@code within_ms}, in
 *       entries, changes and lists as it comes
 *   <li>{@code bad_signature}: percent of the posts preceded by a copy that somebody else signed
 *   <li>{@code seed}: of all that is random here
 * </ul>
 */
@Component
public class Trouble {
  private static final int LARGEST_BATCH = 1000;
  private static final long LONGEST = 600_000;

  private Wanted wanted = Wanted.NONE;
  private Random random = new Random(0);

  private record Wanted(
      int duplicate, boolean shuffle, int batch, int badSignature, long within, long seed) {
    static final Wanted NONE = new Wanted(0, false, 1, 0, 1000, 0);
  }

  /**
   * Replaces what was wanted before; what isn't named isn't wanted.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  public synchronized ObjectNode replace(JsonNode body) {
    var fresh =
        new Wanted(
            number(body, "duplicate", 0, 0, 100),
            body.path("shuffle").asBoolean(false),
            number(body, "batch", 1, 1, LARGEST_BATCH),
            number(body, "bad_signature", 0, 0, 100),
            number(body, "within_ms", 1000, 1, (int) LONGEST),
            body.path("seed").asLong(0));
    wanted = fresh;
    random = new Random(fresh.seed());
    return shown();
  }

  private static int number(JsonNode body, String name, int otherwise, int least, int most) {
    int value = body.path(name).asInt(otherwise);
    if (value < least || value > most || (body.has(name) && !body.path(name).isInt())) {
      throw new IllegalArgumentException("%s is %d to %d".formatted(name, least, most));
    }
    return value;
  }

  public synchronized ObjectNode shown() {
    return Answer.object()
        .put("duplicate", wanted.duplicate())
        .put("shuffle", wanted.shuffle())
        .put("batch", wanted.batch())
        .put("bad_signature", wanted.badSignature())
        .put("within_ms", wanted.within())
        .put("seed", wanted.seed());
  }

  public synchronized void clear() {
    wanted = Wanted.NONE;
  }

  synchronized int copies() {
    return random.nextInt(100) < wanted.duplicate() ? 1 : 0;
  }

  /** How many milliseconds later than due it's posted. */
  synchronized long lateness(long due) {
    long late = wanted.shuffle() ? random.nextLong(wanted.within()) : 0;
    if (wanted.batch() > 1) { // those of the same time meet at its end
      late += wanted.within() - (due + late) % wanted.within();
    }
    return late;
  }

  synchronized int batch() {
    return wanted.batch();
  }

  synchronized boolean forges() {
    return random.nextInt(100) < wanted.badSignature();
  }

  /** One of so many, to mix a batch by. */
  synchronized int choose(int bound) {
    return random.nextInt(bound);
  }
}
