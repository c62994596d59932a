package io.rebound.identity.lookup;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.identity.consents.ConsentHistory;
import io.rebound.identity.consents.KeptStatement;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything a person ever stated: {@code GET /v1/persons/{person_id}/consents}. */
@RestController
class PersonConsentsController {
  private static final int LARGEST_PAGE = 1000;

  private final FindPersons find;
  private final ConsentHistory history;
  private final AuditLog audit;

  PersonConsentsController(FindPersons find, ConsentHistory history, AuditLog audit) {
    this.find = find;
    this.history = history;
    this.audit = audit;
  }

  @GetMapping("/v1/persons/{personId}/consents")
  Page<KeptStatement> statements(
      @PathVariable UUID personId,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after,
      Principal caller) {
    PageRequest page = PageRequest.of(limit, after, LARGEST_PAGE);
    UUID person =
        find.byId(personId)
            .map(PersonAnswer::personId)
            .orElseThrow(() -> new NotFound("A person with this id"));
    Page<KeptStatement> found =
        Page.of(history.statements(person, page), page, last -> String.valueOf(last.number()));
    audit.append(
        AuditEntry.administration(caller, AuditAction.PERSON_READ, Subject.person(person))
            .with("by", "person_id")
            .with("what", "consents"));
    return found;
  }
}
