package io.rebound.ingest.replays;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.ingest.quarantine.KeptEvent;
import io.rebound.ingest.quarantine.RejectedEvents;
import io.rebound.ingest.quarantine.RejectedFilter;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.Problems;
import java.security.Principal;
import java.time.Clock;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Rejected events are tried again: one at once, many in the background. */
@RestController
class ReplaysController {
  private final RejectedEvents events;
  private final Replays replays;
  private final OneReplay oneReplay;
  private final AuditLog audit;
  private final Clock clock;

  ReplaysController(
      RejectedEvents events, Replays replays, OneReplay oneReplay, AuditLog audit, Clock clock) {
    this.events = events;
    this.replays = replays;
    this.oneReplay = oneReplay;
    this.audit = audit;
    this.clock = clock;
  }

  /** What would be replayed. */
  record DryRun(long matching) {}

  /**
   * What a rejected event came to.
   *
   * @param outcome accepted or still_rejected
   * @param attempts in vain, this one included
   */
  record Tried(
      long id, String outcome, @Nullable String field, @Nullable String reason, int attempts) {}

  @PostMapping("/v1/rejected-events/{id}/replay")
  ResponseEntity<Object> one(@PathVariable String id, Principal caller) {
    KeptEvent kept = events.find(number(id)).orElseThrow(() -> new NotFound("rejected event"));
    audit.append(
        AuditEntry.administration(
            caller,
            AuditAction.REJECTED_EVENTS_REPLAYED,
            Subject.of("rejected_event", Long.toString(kept.id()))));
    return switch (oneReplay.of(kept)) {
      case Verdict.Accepted _ ->
          ResponseEntity.ok(new Tried(kept.id(), "accepted", null, null, kept.attempts()));
      case Verdict.Rejected rejected ->
          ResponseEntity.ok(
              new Tried(
                  kept.id(),
                  "still_rejected",
                  rejected.why().field(),
                  rejected.why().reason(),
                  kept.attempts() + 1));
      case Verdict.NotDurable(var pause) ->
          ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
              .header("Retry-After", String.valueOf(Math.max(1, pause.toSeconds())))
              .contentType(MediaType.APPLICATION_PROBLEM_JSON)
              .body(
                  Problems.of(
                      HttpStatus.SERVICE_UNAVAILABLE,
                      "not-durable",
                      "Kafka doesn't take events at present; the event stays in the quarantine"));
    };
  }

  @PostMapping("/v1/rejected-events/replay")
  @Transactional
  ResponseEntity<Object> many(@RequestBody JsonNode body, Principal caller) {
    if (!body.isObject()) {
      throw new InvalidRequest("body", "must be a JSON object: the filter");
    }
    boolean dryRun = false;
    var filter = new HashMap<String, String>();
    for (var entry : body.properties()) {
      JsonNode value = entry.getValue();
      if (entry.getKey().equals("dry_run")) {
        if (!value.isBoolean()) {
          throw new InvalidRequest("dry_run", "must be true or false");
        }
        dryRun = value.booleanValue();
      } else if (value.isString()) {
        filter.put(entry.getKey(), value.stringValue());
      } else if (!value.isNull()) {
        throw new InvalidRequest(entry.getKey(), "must be a string");
      }
    }
    RejectedFilter wanted = RejectedFilter.of(filter);
    long matching = events.count(wanted);
    if (dryRun) {
      return ResponseEntity.ok(new DryRun(matching));
    }
    Replay replay = replays.start(wanted, matching, clock.instant());
    audit.append(
        AuditEntry.administration(
                caller,
                AuditAction.REJECTED_EVENTS_REPLAYED,
                Subject.of("replay", Long.toString(replay.id())))
            .with("matching", matching));
    return ResponseEntity.accepted().body(ReplayReport.of(replay));
  }

  @GetMapping("/v1/replays/{id}")
  ReplayReport progress(@PathVariable String id) {
    return ReplayReport.of(replays.find(number(id)).orElseThrow(() -> new NotFound("replay")));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new InvalidRequest("id", "must be a number");
    }
  }
}
