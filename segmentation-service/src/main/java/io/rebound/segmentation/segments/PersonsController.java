package io.rebound.segmentation.segments;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.segmentation.people.Person;
import io.rebound.segmentation.people.Persons;
import io.rebound.segmentation.rfm.LiveScores;
import io.rebound.segmentation.rfm.Rfm;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/persons/{person_id}}: what segmentation makes of a person. */
@RestController
class PersonsController {
  private final Persons persons;
  private final LiveScores scores;
  private final Memberships memberships;
  private final Clock clock;
  private final AuditLog audit;

  PersonsController(
      Persons persons, LiveScores scores, Memberships memberships, Clock clock, AuditLog audit) {
    this.persons = persons;
    this.scores = scores;
    this.memberships = memberships;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * A person by now.
   *
   * @param personId the survivor's, where the person was merged into another
   * @param rfm left out for who never bought
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(UUID personId, @Nullable Rfm rfm, List<String> segments) {}

  @GetMapping("/v1/persons/{personId}")
  View person(@PathVariable String personId, Principal caller) {
    Optional<Person> found =
        persons
            .find(id(personId))
            .flatMap(one -> one.absorbed() ? persons.find(one.now()) : Optional.of(one));
    Subject subject = found.map(one -> Subject.person(one.id())).orElseGet(Subject::nobody);
    audit.append(AuditEntry.administration(caller, AuditAction.PERSON_READ, subject));
    Person person = found.orElseThrow(() -> new NotFound("person"));
    return new View(
        person.id(),
        scores.of(person, clock.instant()).orElse(null),
        memberships.segmentsOf(person.id()));
  }

  private static UUID id(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("person_id", "must be a UUID");
    }
  }
}
