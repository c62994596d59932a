package io.rebound.capisync.disclosures;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What of a person went to Meta, by every id they go by: {@code GET /v1/disclosures?person_id=…}.
 * Each names its link in the audit.
 */
@RestController
class DisclosuresController {
  private static final int LARGEST_PAGE = 1000;

  private final PersonDisclosures disclosures;
  private final AuditLog audit;

  DisclosuresController(PersonDisclosures disclosures, AuditLog audit) {
    this.disclosures = disclosures;
    this.audit = audit;
  }

  /** Newest first. */
  @GetMapping("/v1/disclosures")
  Page<Disclosure> list(
      @RequestParam("person_id") UUID personId,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after,
      Principal caller) {
    PageRequest page = PageRequest.of(limit, after, LARGEST_PAGE);
    Page<Disclosure> found =
        Page.of(disclosures.of(personId, page), page, last -> Long.toString(last.number()));
    audit.append(
        AuditEntry.administration(caller, AuditAction.DELIVERY_READ, Subject.person(personId))
            .with("disclosures", found.data().size()));
    return found;
  }
}
