package io.rebound.sandbox.inspection;

import io.rebound.sandbox.MovableClock;
import io.rebound.sandbox.calls.CallLog;
import io.rebound.sandbox.faults.Faults;
import io.rebound.sandbox.journal.Journaled;
import io.rebound.sandbox.limits.Limits;
import io.rebound.sandbox.tokens.Tokens;
import io.rebound.sandbox.whatsapp.Posted;
import io.rebound.sandbox.whatsapp.Trouble;
import java.time.Duration;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Faults, the clock, and starting over. */
@RestController
class ControlsDoor {
  private final Faults faults;
  private final MovableClock clock;
  private final Limits limits;
  private final Tokens tokens;
  private final CallLog calls;
  private final List<Journaled> states;
  private final Trouble trouble;
  private final Posted posted;

  ControlsDoor(
      Faults faults,
      MovableClock clock,
      Limits limits,
      Tokens tokens,
      CallLog calls,
      List<Journaled> states,
      Trouble trouble,
      Posted posted) {
    this.faults = faults;
    this.clock = clock;
    this.limits = limits;
    this.tokens = tokens;
    this.calls = calls;
    this.states = states;
    this.trouble = trouble;
    this.posted = posted;
  }

  @GetMapping("/_sandbox/faults")
  ObjectNode faults() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("rules", faults.shown());
    return answer;
  }

  @PutMapping("/_sandbox/faults")
  ObjectNode faults(@RequestBody JsonNode rules) {
    faults.replace(rules);
    return faults();
  }

  @GetMapping("/_sandbox/clock")
  ObjectNode clock() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("now", clock.instant().toString())
        .put("offset_seconds", clock.offset().toSeconds());
  }

  /** Moves the sandbox's time; it doesn't survive a restart. */
  @PutMapping("/_sandbox/clock")
  ObjectNode clock(@RequestBody JsonNode body) {
    if (!body.path("offset_seconds").isIntegralNumber()) {
      throw new IllegalArgumentException("offset_seconds is a whole number");
    }
    clock.offset(Duration.ofSeconds(body.path("offset_seconds").asLong()));
    return clock();
  }

  /** Forgets all state, all faults, all counted calls, all exchanged tokens and the moved clock. */
  @PostMapping("/_sandbox/reset")
  ObjectNode reset() {
    states.forEach(Journaled::clear);
    faults.clear();
    limits.clear();
    tokens.clear();
    trouble.clear();
    posted.clear();
    calls.clear();
    clock.offset(Duration.ZERO);
    return JsonNodeFactory.instance.objectNode().put("success", true);
  }

  /** What the inspection answers to a request that makes no sense. */
  @RestControllerAdvice(basePackageClasses = ControlsDoor.class)
  static class Refusals {
    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<ObjectNode> refuse(IllegalArgumentException refusal) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.putObject("error").put("message", refusal.getMessage());
      return ResponseEntity.badRequest().body(body);
    }
  }
}
