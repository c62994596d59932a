package io.rebound.segmentation.segments;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.segmentation.people.Person;
import io.rebound.segmentation.people.Persons;
import io.rebound.segmentation.rfm.LiveScores;
import io.rebound.segmentation.rfm.Rfm;
import java.time.Clock;
import java.util.List;
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

  PersonsController(Persons persons, LiveScores scores, Memberships memberships, Clock clock) {
    this.persons = persons;
    this.scores = scores;
    this.memberships = memberships;
    this.clock = clock;
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
  View person(@PathVariable String personId) {
    Person person = find(id(personId));
    if (person.absorbed()) {
      person = find(person.now());
    }
    return new View(
        person.id(),
        scores.of(person, clock.instant()).orElse(null),
        memberships.segmentsOf(person.id()));
  }

  private Person find(UUID id) {
    return persons.find(id).orElseThrow(() -> new NotFound("person"));
  }

  private static UUID id(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("person_id", "must be a UUID");
    }
  }
}
