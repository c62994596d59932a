package io.rebound.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.ingest.administration.Conflict;
import io.rebound.ingest.quarantine.RejectedEventsView.Listed;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the doors refused and why, newest first. Bodies hold personal data: they stay closed unless
 * somebody asks for one by its id.
 */
@RestController
class RejectedEventsController {
  private static final int LARGEST_PAGE = 1000;

  private final RejectedEventsView view;
  private final RejectedEvents events;
  private final AuditLog audit;

  RejectedEventsController(RejectedEventsView view, RejectedEvents events, AuditLog audit) {
    this.view = view;
    this.events = events;
    this.audit = audit;
  }

  /**
   * One rejected event.
   *
   * @param body as the client sent it
   * @param request what was kept of the request it came by
   */
  record Shown(@JsonUnwrapped Listed event, @Nullable String body, @Nullable String request) {
    /** Never shows the body: it is personal data. */
    @Override
    public String toString() {
      return "Shown[" + event.id() + "]";
    }
  }

  @GetMapping("/v1/rejected-events")
  Page<Listed> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam Map<String, String> parameters) {
    var filter = new LinkedHashMap<>(parameters);
    filter.remove("limit");
    filter.remove("after");
    return view.list(RejectedFilter.of(filter), PageRequest.of(limit, after, LARGEST_PAGE));
  }

  @GetMapping("/v1/rejected-events/{id}")
  Shown one(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean body,
      Principal caller) {
    long number = number(id);
    Listed listed = view.find(number).orElseThrow(() -> new NotFound("rejected event"));
    return body ? opened(listed, caller) : new Shown(listed, null, null);
  }

  /** The one place where what somebody sent is shown. */
  private Shown opened(Listed listed, Principal caller) {
    KeptEvent kept = events.find(listed.id()).orElseThrow(() -> new NotFound("rejected event"));
    if (kept.locked()) {
      throw new Conflict("None of the quarantine's keys opens this event; docs/keys.md says why");
    }
    audit.append(
        AuditEntry.administration(
            caller,
            AuditAction.REJECTED_EVENT_READ,
            Subject.of("rejected_event", Long.toString(kept.id()))));
    byte[] request = kept.event().request();
    return new Shown(
        listed,
        new String(kept.event().body(), UTF_8),
        request == null ? null : new String(request, UTF_8));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new InvalidRequest("id", "must be a number");
    }
  }
}
