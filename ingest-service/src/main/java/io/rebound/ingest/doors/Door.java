package io.rebound.ingest.doors;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.util.unit.DataSize;

/** Some paths that take events in one format and answer in its words. */
public interface Door {

  /** Without leading and trailing slashes; a part in braces stands for any. */
  Set<String> paths();

  /** What may be asked there besides OPTIONS. */
  default List<String> methods() {
    return List.of("POST");
  }

  /** How large a body may be there, after decompression. */
  DataSize largestBody(String path);

  /** Called on an event loop or a worker: it must not block. */
  CompletableFuture<DoorAnswer> answer(DoorRequest request);

  /** The answer to a request that never became events, in this door's words. */
  DoorAnswer refuse(Refusal refusal);

  /** Why a request is refused before its events are looked at. */
  enum Refusal {
    TOO_LARGE(413, "body", "is too large"),
    NOT_DECOMPRESSED(400, "body", "is not what its Content-Encoding says"),
    UNKNOWN_ENCODING(415, "Content-Encoding", "must be gzip or absent"),
    WRONG_METHOD(405, "method", "must be one of those in the Allow header"),
    NO_KEY(401, "writeKey", "must be given"),
    UNKNOWN_KEY(401, "writeKey", "is not known"),
    SOURCE_DISABLED(404, "writeKey", "belongs to a source that is switched off"),
    FORBIDDEN_ORIGIN(403, "Origin", "is none that this source allows"),
    TOO_MANY_EVENTS(429, "writeKey", "has sent more events than its limit allows"),
    KEY_NOT_KNOWN_YET(503, "writeKey", "can't be checked now; send it again later"),
    DEFECT(500, "request", "can't be answered; send it again later");

    private final int status;
    private final String field;
    private final String reason;

    Refusal(int status, String field, String reason) {
      this.status = status;
      this.field = field;
      this.reason = reason;
    }

    /** Whether the same request may be taken when it comes again after a pause. */
    public boolean passes() {
      return status >= 500 || status == 429;
    }

    public int status() {
      return status;
    }

    public String field() {
      return field;
    }

    public String reason() {
      return reason;
    }
  }
}
