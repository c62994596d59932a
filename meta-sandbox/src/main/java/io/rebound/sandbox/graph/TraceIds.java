package io.rebound.sandbox.graph;

import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Ids like Meta's {@code fbtrace_id}. */
final class TraceIds {
  private static final int BYTES = 16;

  private TraceIds() {}

  static String next() {
    byte[] random = new byte[BYTES];
    ThreadLocalRandom.current().nextBytes(random);
    return "A" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
