package io.rebound.segmentation.rules;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which facts a set of rules asks for. */
public final class Needs {
  private final Map<String, @Nullable Duration> windows = new HashMap<>();
  private final Set<String> segments = new HashSet<>();
  private boolean scores;

  private Needs() {}

  public static Needs of(Collection<Condition> conditions) {
    var needs = new Needs();
    conditions.forEach(needs::add);
    return needs;
  }

  private void add(Condition condition) {
    switch (condition) {
      case Condition.All(var parts) -> parts.forEach(this::add);
      case Condition.Any(var parts) -> parts.forEach(this::add);
      case Condition.Not(var part) -> add(part);
      case Condition.Did did -> add(did.event(), did.within());
      case Condition.Rfm _ -> scores = true;
      case Condition.InSegment(var name) -> segments.add(name);
    }
  }

  private void add(String event, @Nullable Duration within) {
    if (!windows.containsKey(event)) {
      windows.put(event, within);
      return;
    }
    Duration longest = windows.get(event);
    if (longest != null && (within == null || within.compareTo(longest) > 0)) {
      windows.put(event, within);
    }
  }

  /** The events asked for, and how far back at most; null for ever. */
  public Map<String, @Nullable Duration> windows() {
    return windows;
  }

  /** The segments referred to. */
  public Set<String> segments() {
    return segments;
  }

  /** Whether any asks for RFM scores. */
  public boolean scores() {
    return scores;
  }
}
