package io.rebound.segmentation.segments;

import io.rebound.consumption.ClockHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.segmentation.people.Persons;
import io.rebound.segmentation.rfm.LiveScores;
import io.rebound.segmentation.segments.Walks.Kind;
import io.rebound.segmentation.segments.Walks.Walk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What changes without an event: windows that end, edges that move, definitions that were changed.
 */
@Component
public class SegmentClock implements ClockHandler {
  private final Judge judge;
  private final Persons persons;
  private final LiveScores scores;
  private final Changes changes;
  private final int chunk;

  SegmentClock(
      Judge judge,
      Persons persons,
      LiveScores scores,
      Changes changes,
      SegmentsProperties properties) {
    this.judge = judge;
    this.persons = persons;
    this.scores = scores;
    this.changes = changes;
    this.chunk = properties.chunk();
  }

  @Override
  public Tick tick(Instant now, Set<Integer> partitions) {
    Definitions definitions = judge.begin();
    if (scores.refreshIfDue(now)) {
      changes.edgesMoved(definitions);
      return new Tick(new Outgoing(), true);
    }
    List<UUID> due = changes.due(now, partitions, chunk);
    if (!due.isEmpty()) {
      Outgoing out = persons.holding(due, held -> judge.judge(definitions, held, now, false));
      return new Tick(out, due.size() == chunk || changes.walk(partitions).isPresent());
    }
    Optional<Walk> walk = changes.walk(partitions);
    return walk.map(next -> step(definitions, next, now)).orElseGet(Tick::nothing);
  }

  private Tick step(Definitions definitions, Walk walk, Instant now) {
    List<UUID> next = changes.onTheWay(walk, chunk);
    boolean tellAll = walk.kind() == Kind.PUBLISH;
    Outgoing out =
        next.isEmpty()
            ? new Outgoing()
            : persons.holding(next, held -> judge.judge(definitions, held, now, tellAll));
    changes.passed(walk, next, chunk);
    return new Tick(out, true);
  }
}
