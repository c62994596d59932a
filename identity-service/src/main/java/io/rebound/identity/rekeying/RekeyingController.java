package io.rebound.identity.rekeying;

import static java.util.stream.Collectors.toSet;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * For {@code ./rebound keys rekey}, which holds for a while the keys that no service has together:
 * {@code GET /v1/sealed-persons}, and {@code POST /v1/sealed-persons} for what it made of them.
 * Both are audited.
 */
@RestController
class RekeyingController {
  private static final int LARGEST_PAGE = 500;

  private final SealedPersons persons;
  private final PublishRekeyed rekeyed;
  private final AuditLog audit;

  RekeyingController(SealedPersons persons, PublishRekeyed rekeyed, AuditLog audit) {
    this.persons = persons;
    this.rekeyed = rekeyed;
    this.audit = audit;
  }

  @GetMapping("/v1/sealed-persons")
  Page<SealedPerson> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after,
      Principal caller) {
    PageRequest page = PageRequest.of(limit, after, LARGEST_PAGE);
    List<SealedPerson> found = persons.after(person(page.after()), page.oneMore());
    audit.append(
        AuditEntry.administration(caller, AuditAction.PERSONS_LISTED, Subject.all("person"))
            .with("sealed", Math.min(found.size(), page.limit())));
    return Page.of(found, page, person -> person.personId().toString());
  }

  private static @Nullable UUID person(@Nullable String after) {
    try {
      return after == null ? null : UUID.fromString(after);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("after", "must be the \"next\" of the page before");
    }
  }

  /** How many were taken. */
  record Taken(int accepted) {}

  /** Answers when Kafka has them all. */
  @PostMapping("/v1/sealed-persons")
  Taken take(@RequestBody List<RekeyedEnvelope> envelopes, Principal caller) {
    if (envelopes.size() > LARGEST_PAGE) {
      throw new InvalidRequest("body", "must have at most " + LARGEST_PAGE + " elements");
    }
    rekeyed.check(envelopes);
    audit.append(
        AuditEntry.administration(caller, AuditAction.PERSONS_REKEYED, Subject.all("person"))
            .with("envelopes", envelopes.size())
            .with(
                "persons",
                envelopes.stream().map(RekeyedEnvelope::personId).collect(toSet()).size()));
    rekeyed.publish(envelopes);
    return new Taken(envelopes.size());
  }
}
