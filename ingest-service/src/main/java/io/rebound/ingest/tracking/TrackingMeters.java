package io.rebound.ingest.tracking;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.AsciiString;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.intake.Fields;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What requests tell about their senders: misconfigured ones, and how often we were away. */
@Component
class TrackingMeters {
  private static final AsciiString SEGMENT_RETRY = AsciiString.cached("X-Retry-Count");
  private static final AsciiString RUDDERSTACK_RETRY = AsciiString.cached("Rsa-Retry-Attempt");

  private final Counter conflicts;
  private final Counter retries;

  TrackingMeters(MeterRegistry metrics) {
    conflicts =
        Counter.builder("rebound_ingest_write_key_conflicts_total")
            .description("Requests whose header and body name different write keys")
            .register(metrics);
    retries =
        Counter.builder("rebound_ingest_client_retries_total")
            .description("Requests that their SDK says it sent before, in vain")
            .register(metrics);
  }

  void count(DoorRequest request, WriteKey key, Fields body) {
    if (key.conflictsWith(body)) {
      conflicts.increment();
    }
    if (isRetry(request.header(SEGMENT_RETRY)) || isRetry(request.header(RUDDERSTACK_RETRY))) {
      retries.increment();
    }
  }

  private static boolean isRetry(@Nullable String attempt) {
    return attempt != null && attempt.strip().matches("0*[1-9]\\d{0,8}");
  }
}
