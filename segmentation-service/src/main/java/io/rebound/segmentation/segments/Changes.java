package io.rebound.segmentation.segments;

import io.rebound.segmentation.segments.Walks.Kind;
import io.rebound.segmentation.segments.Walks.Walk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Who is to be judged anew though they did nothing. */
@Component
public class Changes {
  private final Standing standing;
  private final Walks walks;
  private final JudgedPersons judged;

  Changes(Standing standing, Walks walks, JudgedPersons judged) {
    this.standing = standing;
    this.walks = walks;
    this.judged = judged;
  }

  /** New edges concern whoever scores differently, if any segment asks for scores. */
  void edgesMoved(Definitions definitions) {
    standing.change(); // only one transaction computes edges, so only one waits here for the others
    if (definitions.needs().scores()) {
      walks.start(Kind.SCORES);
    }
  }

  /** A definition changes in this transaction; it comes first in it. */
  void definitionChanges() {
    standing.change();
    walks.start(Kind.ALL);
  }

  /** The database was restored, and what it last said of anybody may be too old. */
  public void everythingAgain() {
    walks.start(Kind.PUBLISH);
  }

  List<UUID> due(Instant now, Set<Integer> partitions, int limit) {
    return judged.due(now, partitions, limit);
  }

  Optional<Walk> walk(Set<Integer> partitions) {
    return walks.next(partitions);
  }

  List<UUID> onTheWay(Walk walk, int limit) {
    return walks.persons(walk, limit);
  }

  void passed(Walk walk, List<UUID> persons, int limit) {
    if (persons.size() < limit) {
      walks.finish(walk);
    } else {
      walks.advance(walk, persons.getLast());
    }
  }
}
