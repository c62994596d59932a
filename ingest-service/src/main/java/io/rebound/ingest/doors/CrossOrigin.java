package io.rebound.ingest.doors;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Lets browsers call the doors from any site. The headers stand on errors as well: without them a
 * browser sees a network failure and sends again what it should drop.
 */
final class CrossOrigin {
  private static final String ALLOWED_HEADERS =
      "Authorization, Content-Type, Content-Encoding, X-Retry-Count, AnonymousId, SentAt,"
          + " Rsa-Recovered, Rsa-Retry-Attempt, Rsa-Retry-Reason, Rsa-Since-First-Attempt,"
          + " Rsa-Since-Last-Attempt";

  private CrossOrigin() {}

  /** For every answer. The origin is echoed because sites may send credentials. */
  static void allow(@Nullable String origin, HttpHeaders answer) {
    if (origin == null) {
      return;
    }
    answer
        .set("Access-Control-Allow-Origin", origin)
        .set("Access-Control-Allow-Credentials", "true")
        .set("Access-Control-Expose-Headers", "Retry-After")
        .set("Vary", "Origin");
  }

  /** For the question a browser asks before it sends. */
  static void preflight(HttpHeaders answer) {
    answer
        .set("Access-Control-Allow-Methods", "POST, GET, OPTIONS")
        .set("Access-Control-Allow-Headers", ALLOWED_HEADERS)
        .set("Access-Control-Max-Age", "7200");
  }
}
