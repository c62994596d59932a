package io.rebound.identity.statements;

import io.rebound.events.TrackedEvent;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.Problems;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Where an operator enters what a person stated on paper, by telephone or in another system: {@code
 * PUT /v1/consents}. A 202 means that Kafka has it; it holds everywhere seconds later.
 */
@RestController
class ConsentsController {
  private static final Logger log = LoggerFactory.getLogger(ConsentsController.class);
  private static final int LONGEST_KEY = 200;
  private static final String PAUSE_SECONDS = "5";

  private final EnterStatements statements;
  private final Clock clock;

  ConsentsController(EnterStatements statements, Clock clock) {
    this.statements = statements;
    this.clock = clock;
  }

  /** By which {@code GET /v1/persons/{person_id}/consents} names the statement. */
  record Accepted(String eventId) {}

  @PutMapping("/v1/consents")
  ResponseEntity<?> put(
      @RequestBody JsonNode body,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      Principal caller) {
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw new InvalidRequest("Idempotency-Key", "must have 1 to 200 characters");
    }
    Instant now = clock.instant();
    TrackedEvent event = statements.event(Entered.read(body, caller.getName(), now), key, now);
    try {
      statements.publish(event).join();
    } catch (CompletionException _) {
      log.warn("Kafka can't take a statement of consent; its sender was told to come again");
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .header(HttpHeaders.RETRY_AFTER, PAUSE_SECONDS)
          .body(
              Problems.of(
                  HttpStatus.SERVICE_UNAVAILABLE,
                  "not-durable",
                  "Kafka can't be reached: send it again"));
    }
    return ResponseEntity.accepted().body(new Accepted(event.eventId()));
  }
}
