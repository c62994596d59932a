package io.rebound.identity.privacy;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Ground;
import io.rebound.audit.Subject;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import io.rebound.problems.Problems;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What persons ask for. A 202 says that Kafka has the request, so it will be carried out; {@code
 * GET} on its {@code Location} tells how far it is and, of an access request, gives the export.
 */
@RestController
@RequestMapping("/v1/privacy/requests")
class PrivacyRequestsController {
  private static final int LARGEST_PAGE = 1000;
  private static final String RETRY_AFTER_SECONDS = "5";

  private final TakePrivacyRequest take;
  private final ShownRequests shown;
  private final AuditLog audit;

  PrivacyRequestsController(TakePrivacyRequest take, ShownRequests shown, AuditLog audit) {
    this.take = take;
    this.shown = shown;
    this.audit = audit;
  }

  /** The id under which a request is followed. */
  record Accepted(UUID requestId) {}

  /**
   * @param idempotencyKey the same key with the same request, sent again by the same caller, is the
   *     same request
   */
  @PostMapping
  ResponseEntity<?> request(
      @RequestBody PrivacyRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
      Principal caller) {
    Optional<UUID> taken = take.take(request, idempotencyKey, caller);
    if (taken.isEmpty()) {
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
          .body(
              Problems.of(
                  HttpStatus.SERVICE_UNAVAILABLE,
                  "kafka-away",
                  "The request couldn't be kept; send it again"));
    }
    return ResponseEntity.accepted()
        .location(URI.create("/v1/privacy/requests/" + taken.get()))
        .body(new Accepted(taken.get()));
  }

  @GetMapping("/{requestId}")
  RequestView one(@PathVariable UUID requestId, Principal caller) {
    RequestView view = shown.one(requestId).orElseThrow(() -> new NotFound("privacy request"));
    Optional<Export> export = shown.export(requestId);
    export.ifPresent(document ->
        audit.append(
            new AuditEntry(
                    caller.getName(),
                    AuditAction.PRIVACY_EXPORT_READ,
                    Subject.person(document.personId()),
                    Ground.DATA_SUBJECT,
                    new TreeMap<>())
                .with("request_id", requestId)));
    return view.with(export.orElse(null));
  }

  /** Newest first. Says nothing of who the requests are about. */
  @GetMapping
  Page<RequestView> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after, LARGEST_PAGE);
    Page<ShownRequests.Numbered> found =
        Page.of(shown.list(page), page, last -> Long.toString(last.number()));
    List<RequestView> views = found.data().stream().map(ShownRequests.Numbered::view).toList();
    return new Page<>(views, found.next());
  }
}
