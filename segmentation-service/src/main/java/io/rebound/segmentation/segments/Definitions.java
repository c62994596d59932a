package io.rebound.segmentation.segments;

import io.rebound.segmentation.rules.Condition;
import io.rebound.segmentation.rules.Needs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All segments as they stand throughout a transaction. */
public final class Definitions {
  private final List<Segment> segments;
  private final Map<String, Condition> rules;
  private final Needs needs;

  Definitions(List<Segment> segments) {
    this.segments = List.copyOf(segments);
    this.rules = segments.stream().collect(Collectors.toMap(Segment::name, Segment::rule));
    this.needs = Needs.of(rules.values());
  }

  List<Segment> segments() {
    return segments;
  }

  Map<String, Condition> rules() {
    return rules;
  }

  Needs needs() {
    return needs;
  }

  /** The names of events that any segment asks for. */
  public Set<String> watched() {
    return needs.windows().keySet();
  }
}
