package io.rebound.identity.lookup;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.events.IdentifierType;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.Problems;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who is who. {@code GET /v1/persons?email=…} (or any other type of identifier), {@code POST
 * /v1/persons/lookup} for those who keep addresses out of URLs, {@code GET
 * /v1/persons/{person_id}}. Who asked is audited, also where nobody was found.
 */
@RestController
class PersonsController {
  private static final String TYPES =
      Arrays.stream(IdentifierType.values())
          .map(IdentifierType::wireName)
          .collect(Collectors.joining(", "));

  private final FindPersons find;
  private final AuditLog audit;

  PersonsController(FindPersons find, AuditLog audit) {
    this.find = find;
    this.audit = audit;
  }

  @GetMapping("/v1/persons")
  PersonAnswer byQuery(@RequestParam Map<String, String> query, Principal caller) {
    if (query.size() != 1) {
      throw new InvalidRequest("query", "must have exactly one of " + TYPES);
    }
    Map.Entry<String, String> only = query.entrySet().iterator().next();
    return byValue(type(only.getKey(), only.getKey()), only.getValue(), caller);
  }

  /** What is looked for. */
  record Lookup(@Nullable String type, @Nullable String value) {
    /** Never shows the value: this is personal data. */
    @Override
    public String toString() {
      return "Lookup[" + type + "]";
    }
  }

  @PostMapping("/v1/persons/lookup")
  PersonAnswer lookup(@RequestBody Lookup lookup, Principal caller) {
    if (lookup.type() == null) {
      throw new InvalidRequest("type", "must be one of " + TYPES);
    }
    if (lookup.value() == null) {
      throw new InvalidRequest("value", "must be given");
    }
    return byValue(type("type", lookup.type()), lookup.value(), caller);
  }

  @GetMapping("/v1/persons/{personId}")
  PersonAnswer byId(@PathVariable UUID personId, Principal caller) {
    Optional<PersonAnswer> found = find.byId(personId);
    audit.append(read(found, "person_id", caller));
    return found.orElseThrow(() -> new NotFound("A person with this id"));
  }

  private PersonAnswer byValue(IdentifierType type, String value, Principal caller) {
    // in a query a plus sign means a space
    String raw =
        type == IdentifierType.PHONE && value.startsWith(" ") ? "+" + value.strip() : value;
    Found found = find.byValue(type, raw);
    Optional<PersonAnswer> person =
        found instanceof Found.Person(var answer) ? Optional.of(answer) : Optional.empty();
    audit.append(read(person, type.wireName(), caller));
    return switch (found) {
      case Found.Person(var answer) -> answer;
      case Found.Nobody() -> throw new NotFound("A person with this " + type.wireName());
      case Found.LinksNobody(var reason) -> throw new ValueLinksNobody(reason);
    };
  }

  @ExceptionHandler
  ProblemDetail linksNobody(ValueLinksNobody e) {
    return Problems.of(
        HttpStatus.NOT_FOUND, e.reason() + "-identifier", String.valueOf(e.getMessage()));
  }

  private static AuditEntry read(Optional<PersonAnswer> found, String by, Principal caller) {
    Subject person =
        found.map(answer -> Subject.person(answer.personId())).orElseGet(Subject::nobody);
    return AuditEntry.administration(caller, AuditAction.PERSON_READ, person).with("by", by);
  }

  private static IdentifierType type(String field, String name) {
    Optional<IdentifierType> type =
        List.of(IdentifierType.values()).stream()
            .filter(one -> one.wireName().equals(name))
            .findFirst();
    return type.orElseThrow(
        () -> new InvalidRequest(field.equals(name) ? "query" : field, "must be one of " + TYPES));
  }
}
