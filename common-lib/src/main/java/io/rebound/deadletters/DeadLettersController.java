package io.rebound.deadletters;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.consumption.DeadLetter;
import io.rebound.consumption.DeadLetters;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows the records a service could not process, and has them processed anew once it can. */
@RestController
@RequestMapping("/v1/dead-letters")
class DeadLettersController {
  private static final int MOST = 1000;

  private final DeadLetters deadLetters;
  private final AuditLog audit;

  DeadLettersController(DeadLetters deadLetters, AuditLog audit) {
    this.deadLetters = deadLetters;
    this.audit = audit;
  }

  @GetMapping
  Page<DeadLetter> list(
      @RequestParam @Nullable Integer limit, @RequestParam @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after, MOST);
    return Page.of(
        deadLetters.list(page.afterNumber(), page.oneMore()),
        page,
        letter -> Long.toString(letter.id()));
  }

  /** Appends the record to its topic again; what becomes of it is up to its handler. */
  @PostMapping("/{id}/retry")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void retry(@PathVariable long id, Principal caller) {
    if (!deadLetters.knows(id)) {
      throw new NotFound("dead letter");
    }
    // first the entry: what is in Kafka can't be taken back if the entry fails
    audit.append(
        AuditEntry.administration(
            caller, AuditAction.DEAD_LETTER_RETRIED, Subject.of("dead_letter", Long.toString(id))));
    deadLetters.retry(id);
  }
}
