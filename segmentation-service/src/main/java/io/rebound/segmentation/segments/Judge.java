package io.rebound.segmentation.segments;

import static io.rebound.events.Topics.SEGMENT_MEMBERSHIPS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.consumption.Outgoing;
import io.rebound.events.SegmentMembership;
import io.rebound.segmentation.people.Held;
import io.rebound.segmentation.people.Person;
import io.rebound.segmentation.rules.Evaluation;
import io.rebound.segmentation.rules.Facts;
import io.rebound.segmentation.rules.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says who belongs to which segment, from what is known of them, and publishes what changed. A
 * judged person's memberships follow from their facts and the time alone.
 */
@Component
public class Judge {
  private final Standing standing;
  private final Segments segments;
  private final Dossiers dossiers;
  private final Memberships memberships;
  private final JudgedPersons judged;
  private final Counter joined;
  private final Counter left;

  Judge(
      Standing standing,
      Segments segments,
      Dossiers dossiers,
      Memberships memberships,
      JudgedPersons judged,
      MeterRegistry registry) {
    this.standing = standing;
    this.segments = segments;
    this.dossiers = dossiers;
    this.memberships = memberships;
    this.judged = judged;
    this.joined = counter("joined", registry);
    this.left = counter("left", registry);
  }

  private static Counter counter(String change, MeterRegistry registry) {
    return Counter.builder("rebound.segmentation.memberships.changed")
        .description("Memberships that began or ended")
        .tag("change", change)
        .register(registry);
  }

  /** The definitions as they stand; comes first in a transaction, before any person is held. */
  public Definitions begin() {
    standing.still();
    return segments.definitions();
  }

  /**
   * Judges persons who are held.
   *
   * @param tellAll publish what holds, also where nothing changed
   */
  public Outgoing judge(Definitions definitions, Held held, Instant now, boolean tellAll) {
    var out = new Outgoing();
    if (held.ids().isEmpty()) {
      return out;
    }
    Map<UUID, Facts> facts = dossiers.of(held.all(), definitions.needs(), now);
    Map<UUID, Map<String, Membership>> before = memberships.of(held.ids());
    List<Membership> changed = new ArrayList<>();
    List<JudgedPersons.Judged> results = new ArrayList<>();
    for (Person person : held.all()) {
      Instant at =
          person.judgedAt() != null && person.judgedAt().isAfter(now) ? person.judgedAt() : now;
      Facts known = facts.get(person.id());
      Map<String, Verdict> verdicts = verdicts(definitions, known, at);
      Map<String, Membership> old = before.getOrDefault(person.id(), Map.of());
      changed.addAll(changes(definitions, person.id(), verdicts, old, at, tellAll));
      results.add(
          new JudgedPersons.Judged(
              person.id(),
              known == null ? null : known.scores(),
              known != null && person.silent(),
              at,
              nextCheck(verdicts)));
    }
    memberships.store(changed);
    judged.store(results);
    changed.forEach(
        membership -> out.send(SEGMENT_MEMBERSHIPS, membership.personId(), told(membership, now)));
    return out;
  }

  // nobody is a member of anything whom we may not profile
  private static Map<String, Verdict> verdicts(
      Definitions definitions, @Nullable Facts facts, Instant at) {
    Map<String, Verdict> verdicts = new HashMap<>();
    if (facts != null) {
      var evaluation = new Evaluation(definitions.rules(), facts, at);
      definitions
          .segments()
          .forEach(segment -> verdicts.put(segment.name(), evaluation.of(segment.rule())));
    }
    return verdicts;
  }

  private static @Nullable Instant nextCheck(Map<String, Verdict> verdicts) {
    @Nullable Instant next = null;
    for (Verdict verdict : verdicts.values()) {
      next = Verdict.earlier(next, verdict.nextCheck());
    }
    return next;
  }

  private List<Membership> changes(
      Definitions definitions,
      UUID person,
      Map<String, Verdict> verdicts,
      Map<String, Membership> before,
      Instant at,
      boolean tellAll) {
    List<Membership> changes = new ArrayList<>();
    Map<String, Membership> gone = new HashMap<>(before);
    for (Segment segment : definitions.segments()) {
      Verdict verdict = verdicts.get(segment.name());
      boolean member = verdict != null && verdict.member();
      Membership old = gone.remove(segment.name());
      Membership was = old == null ? Membership.none(person, segment) : old;
      boolean otherUse = was.member() && was.audience() != segment.audience();
      if (member != was.member() || otherUse || tellAll) {
        count(was.member(), member);
        changes.add(was.now(member, segment.audience(), at));
      }
    }
    for (Membership was : gone.values()) { // of segments that are no more
      if (was.member() || tellAll) {
        count(was.member(), false);
        changes.add(was.now(false, was.audience(), at));
      }
    }
    return changes;
  }

  private void count(boolean was, boolean is) {
    if (was != is) {
      (is ? joined : left).increment();
    }
  }

  private static SegmentMembership told(Membership membership, Instant at) {
    return new SegmentMembership(
        membership.personId(),
        membership.segment(),
        membership.audience(),
        membership.member(),
        membership.revision(),
        at);
  }
}
