package io.rebound.whatsapp.messages;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of each message: {@code GET /v1/messages}. */
@RestController
class MessagesController {
  private static final int LARGEST_PAGE = 1000;

  private final Messages messages;
  private final AuditLog audit;

  MessagesController(Messages messages, AuditLog audit) {
    this.messages = messages;
    this.audit = audit;
  }

  /** A message as the API shows it: no text, no number. */
  record View(
      String id,
      String trigger,
      UUID personId,
      String state,
      @Nullable String reason,
      int attempts,
      Instant createdAt,
      @Nullable Instant settledAt) {
    static View of(Message message) {
      return new View(
          message.id(),
          message.trigger(),
          message.personId(),
          message.state().wireName(),
          message.reason(),
          message.attempts(),
          message.createdAt(),
          message.settledAt());
    }
  }

  @GetMapping("/v1/messages")
  Page<View> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after,
      Principal caller) {
    PageRequest page = PageRequest.of(limit, after, LARGEST_PAGE);
    Page<View> found = Page.of(messages.list(page).stream().map(View::of).toList(), page, View::id);
    audit.append(
        AuditEntry.administration(caller, AuditAction.MESSAGES_LISTED, Subject.all("message"))
            .with("messages", found.data().size()));
    return found;
  }
}
