package io.rebound.segmentation.segments;

import io.rebound.problems.InvalidRequest;
import io.rebound.segmentation.people.Person;
import io.rebound.segmentation.people.Persons;
import io.rebound.segmentation.rules.Condition;
import io.rebound.segmentation.rules.DefinitionParser;
import io.rebound.segmentation.rules.Evaluation;
import io.rebound.segmentation.rules.Facts;
import io.rebound.segmentation.rules.Needs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** Counts whom a rule would admit, without changing anything. */
@Component
class Preview {
  private static final int CHUNK = 2_000;
  private static final int SAMPLE = 10;
  private static final UUID START = new UUID(0, 0);

  private final Segments segments;
  private final Persons persons;
  private final Dossiers dossiers;
  private final Clock clock;

  Preview(Segments segments, Persons persons, Dossiers dossiers, Clock clock) {
    this.segments = segments;
    this.persons = persons;
    this.dossiers = dossiers;
    this.clock = clock;
  }

  /**
   * Whom a rule admits now.
   *
   * @param sample a few of them
   */
  record Result(long count, List<UUID> sample) {}

  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  Result of(JsonNode body) {
    boolean wrapped = body.path("definition").isObject();
    String path = wrapped ? "definition.when" : "when";
    JsonNode when = wrapped ? body.path("definition").get("when") : body.get("when");
    Condition rule = DefinitionParser.parse(when, path);
    Map<String, Condition> rules = segments.definitions().rules();
    List<Condition> asked = new ArrayList<>(rules.values());
    asked.add(rule);
    Needs needs = Needs.of(List.of(rule));
    for (String reference : needs.segments()) {
      if (!rules.containsKey(reference)) {
        throw new InvalidRequest(path, "refers to a segment that doesn't exist");
      }
    }
    return count(rule, rules, needs.segments().isEmpty() ? needs : Needs.of(asked));
  }

  private Result count(Condition rule, Map<String, Condition> rules, Needs needs) {
    Instant now = clock.instant();
    long count = 0;
    List<UUID> sample = new ArrayList<>();
    List<Person> chunk = persons.standing(START, CHUNK);
    while (!chunk.isEmpty()) {
      Map<UUID, Facts> facts = dossiers.of(chunk, needs, now);
      for (Person person : chunk) {
        Facts known = facts.get(person.id());
        if (known != null && new Evaluation(rules, known, now).of(rule).member()) {
          count++;
          if (sample.size() < SAMPLE) {
            sample.add(person.id());
          }
        }
      }
      chunk = persons.standing(chunk.getLast().id(), CHUNK);
    }
    return new Result(count, sample);
  }
}
