package io.rebound.segmentation.rules;

import io.rebound.segmentation.rules.Condition.All;
import io.rebound.segmentation.rules.Condition.Any;
import io.rebound.segmentation.rules.Condition.Did;
import io.rebound.segmentation.rules.Condition.InSegment;
import io.rebound.segmentation.rules.Condition.Not;
import io.rebound.segmentation.rules.Condition.Range;
import io.rebound.segmentation.rules.Condition.Rfm;
import io.rebound.segmentation.rules.Condition.Sum;
import io.rebound.segmentation.rules.Facts.Happening;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one person by rules at one moment: a pure function of the person's facts and the time. An
 * event is within a time as long as less than that time has passed since it.
 */
public final class Evaluation {
  private final Map<String, Condition> segments;
  private final Facts facts;
  private final Instant now;
  private final Map<String, Verdict> referred = new HashMap<>();

  /**
   * @param segments the rules that {@link InSegment} may refer to
   */
  public Evaluation(Map<String, Condition> segments, Facts facts, Instant now) {
    this.segments = segments;
    this.facts = facts;
    this.now = now;
  }

  public Verdict of(Condition condition) {
    return switch (condition) {
      case All(var parts) -> ofAll(parts);
      case Any(var parts) -> ofAny(parts);
      case Not(var part) -> {
        Verdict verdict = of(part);
        yield new Verdict(!verdict.member(), verdict.nextCheck());
      }
      case Did did -> ofEvents(did);
      case Rfm rfm -> Verdict.forEver(scored(rfm));
      case InSegment(var name) -> ofSegment(name);
    };
  }

  // kept, because segments may refer to the same one many times over
  private Verdict ofSegment(String name) {
    Verdict known = referred.get(name);
    if (known == null) {
      Condition rule = segments.get(name);
      known = rule == null ? Verdict.forEver(false) : of(rule);
      referred.put(name, known);
    }
    return known;
  }

  // a person who fails one part stays out until that part changes, whatever the others do
  private Verdict ofAll(List<Condition> parts) {
    @Nullable Instant next = null;
    for (Condition part : parts) {
      Verdict verdict = of(part);
      if (!verdict.member()) {
        return verdict;
      }
      next = Verdict.earlier(next, verdict.nextCheck());
    }
    return new Verdict(true, next);
  }

  private Verdict ofAny(List<Condition> parts) {
    @Nullable Instant next = null;
    for (Condition part : parts) {
      Verdict verdict = of(part);
      if (verdict.member()) {
        return verdict;
      }
      next = Verdict.earlier(next, verdict.nextCheck());
    }
    return new Verdict(false, next);
  }

  private boolean scored(Rfm rfm) {
    var scores = facts.scores();
    return scores != null
        && admits(rfm.r(), scores.r())
        && admits(rfm.f(), scores.f())
        && admits(rfm.m(), scores.m())
        && admits(rfm.labels(), scores.label().wireName());
  }

  private static <T> boolean admits(Set<T> allowed, T value) {
    return allowed.isEmpty() || allowed.contains(value);
  }

  private Verdict ofEvents(Did did) {
    List<Happening> matching =
        facts.named(did.event()).stream()
            .filter(happening -> within(happening, did.within()))
            .filter(happening -> PropertyTests.hold(did.where(), happening))
            .toList();
    Range count = did.count();
    Sum sum = did.sum();
    boolean often =
        count == null
            ? sum != null || !matching.isEmpty()
            : count.holds(BigDecimal.valueOf(matching.size()));
    boolean member = often && (sum == null || sum.range().holds(total(matching, sum.of())));
    return new Verdict(member, expiry(did, matching));
  }

  private boolean within(Happening happening, @Nullable Duration within) {
    return within == null || happening.at().plus(within).isAfter(now);
  }

  private static BigDecimal total(List<Happening> happenings, String property) {
    return happenings.stream()
        .map(happening -> PropertyTests.number(happening, property))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** When time alone may change the answer: when the event that makes the difference expires. */
  private static @Nullable Instant expiry(Did did, List<Happening> newestFirst) {
    Duration within = did.within();
    if (within == null || newestFirst.isEmpty()) {
      return null;
    }
    if (did.sum() != null) {
      return newestFirst.getLast().at().plus(within);
    }
    Range count = did.count();
    if (count == null) {
      return newestFirst.getFirst().at().plus(within);
    }
    return Verdict.earlier(
        decisive(count.gte(), RoundingMode.CEILING, -1, within, newestFirst),
        decisive(count.lte(), RoundingMode.FLOOR, 0, within, newestFirst));
  }

  // with at least n, the n-th newest makes the difference; with at most n, the one after it
  private static @Nullable Instant decisive(
      @Nullable BigDecimal bound,
      RoundingMode rounding,
      int offset,
      Duration within,
      List<Happening> newestFirst) {
    if (bound == null) {
      return null;
    }
    long index = bound.setScale(0, rounding).longValue() + offset;
    return index < 0 || index >= newestFirst.size()
        ? null
        : newestFirst.get((int) index).at().plus(within);
  }
}
