package io.rebound.whatsapp.triggers;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Which events send which template. */
@RestController
class TriggersController {
  private static final int LARGEST_PAGE = 1000;

  private final Triggers triggers;
  private final Clock clock;
  private final AuditLog audit;

  TriggersController(Triggers triggers, Clock clock, AuditLog audit) {
    this.triggers = triggers;
    this.clock = clock;
    this.audit = audit;
  }

  /** A trigger as the API shows it. */
  record View(
      String name,
      String event,
      List<String> unless,
      String after,
      String template,
      String language,
      List<String> parameters,
      Map<String, String> fallbacks,
      boolean enabled,
      Instant updatedAt) {
    static View of(Trigger trigger) {
      return new View(
          trigger.name(),
          trigger.event(),
          trigger.unless(),
          trigger.after().toSeconds() + "s",
          trigger.template(),
          trigger.language(),
          trigger.parameters(),
          trigger.fallbacks(),
          trigger.enabled(),
          trigger.updatedAt());
    }
  }

  /** It sees the events that arrive from now on. */
  @PutMapping("/v1/triggers/{name}")
  @Transactional
  ResponseEntity<View> put(
      @PathVariable String name, @RequestBody JsonNode body, Principal caller) {
    Trigger trigger = TriggerRules.read(name, body, clock.instant());
    boolean known = triggers.find(name).isPresent();
    triggers.put(trigger);
    audit.append(
        AuditEntry.administration(caller, AuditAction.TRIGGER_CHANGED, Subject.of("trigger", name))
            .with("enabled", trigger.enabled()));
    return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.CREATED).body(get(name));
  }

  @GetMapping("/v1/triggers/{name}")
  View get(@PathVariable String name) {
    return View.of(triggers.find(name).orElseThrow(() -> new NotFound("trigger")));
  }

  @GetMapping("/v1/triggers")
  Page<View> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after, LARGEST_PAGE);
    return Page.of(triggers.list(page).stream().map(View::of).toList(), page, View::name);
  }
}
