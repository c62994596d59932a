package io.rebound.audit;

import io.rebound.problems.InvalidRequest;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what: {@code GET /v1/audit}. Whether it is whole: {@code GET /v1/audit/verify}. */
@RestController
@RequestMapping("/v1/audit")
class AuditController {
  private static final int MOST = 1000;

  private final AuditTable table;
  private final AuditLog audit;
  private final AuditVerifier verifier;

  AuditController(AuditTable table, AuditLog audit, AuditVerifier verifier) {
    this.table = table;
    this.audit = audit;
    this.verifier = verifier;
  }

  /** An entry as the API shows it. */
  record View(
      long seq,
      Instant at,
      String actor,
      String action,
      Subject subject,
      String ground,
      Map<String, String> details,
      String hash) {
    static View of(AuditLink link) {
      return new View(
          link.seq(),
          link.at(),
          link.actor(),
          link.action(),
          new Subject(link.subjectType(), link.subjectId()),
          link.ground(),
          link.details(),
          link.hash());
    }
  }

  /** Newest first. That it was read is the next entry. */
  @GetMapping
  Page<View> list(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after,
      Principal caller) {
    AuditQuery query = AuditQuery.of(actor, action, subject, from, to);
    PageRequest page = PageRequest.of(limit, after, MOST);
    Page<View> found =
        Page.of(
            table.list(query, page).stream().map(View::of).toList(),
            page,
            last -> Long.toString(last.seq()));
    Subject read = query.subject() == null ? Subject.all("audit") : query.subject();
    audit.append(AuditEntry.administration(caller, AuditAction.AUDIT_READ, read));
    return found;
  }

  /**
   * Reads the whole chain; with {@code head}, also whether that head, noted earlier, still holds.
   */
  @GetMapping("/verify")
  AuditVerification verify(@RequestParam(required = false) @Nullable String head) {
    return verifier.verify(
        head == null
            ? null
            : ChainHead.parse(head)
                .orElseThrow(() ->
                    new InvalidRequest("head", "must be the \"head\" of a verification before")));
  }
}
