package io.rebound.identity.graph;

import io.rebound.consumption.Batch;
import io.rebound.consumption.ClockHandler.Tick;
import io.rebound.consumption.Outgoing;
import io.rebound.events.ConsentChanged;
import io.rebound.events.Consents;
import io.rebound.events.EventKey;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a receiver knows that follows the rules: facts once, states by their highest revision,
 * absorbed persons by their survivor.
 */
final class World {
  private final RunningIdentity identity;
  private final Map<EventKey, UUID> persons = new HashMap<>();
  private final Map<EventKey, Long> revisions = new HashMap<>();
  private final Map<UUID, UUID> survivors = new HashMap<>();
  private final Map<UUID, Long> aliasRevisions = new HashMap<>();
  private final Map<UUID, Consents> consents = new HashMap<>();
  private final Map<UUID, Profile> profiles = new HashMap<>();

  World() {
    this(RunningIdentity.get());
  }

  World(RunningIdentity identity) {
    this.identity = identity;
  }

  synchronized void hear(Outgoing outgoing) {
    for (Outgoing.Entry<?> entry : outgoing.entries()) {
      switch (entry.value()) {
        case IdentifiedEvent event -> {
          own(event.key(), event.personId(), event.revision());
          consents.merge(event.personId(), event.consents(), Consents::orNewer);
        }
        case EventMoved moved -> own(moved.key(), moved.to(), moved.revision());
        case PersonsMerged merged ->
            redirect(merged.absorbed(), merged.survivor(), merged.revision());
        case PersonSplit split -> redirect(split.personId(), split.personId(), split.revision());
        case ConsentChanged changed ->
            consents.merge(changed.personId(), changed.consents(), Consents::orNewer);
        case Profile profile ->
            profiles.merge(
                profile.personId(),
                profile,
                (one, other) -> one.revision() >= other.revision() ? one : other);
        default -> throw new AssertionError(entry);
      }
    }
  }

  private void redirect(UUID person, UUID survivor, long revision) {
    if (revision >= aliasRevisions.getOrDefault(person, -1L)) {
      aliasRevisions.put(person, revision);
      survivors.put(person, survivor);
    }
  }

  private void own(EventKey event, UUID person, long revision) {
    if (revision >= revisions.getOrDefault(event, -1L)) {
      persons.put(event, person);
      revisions.put(event, revision);
    }
  }

  /** Whose each event is, after all merges. */
  Map<EventKey, UUID> owners() {
    var owners = new HashMap<EventKey, UUID>();
    persons.forEach((event, person) -> owners.put(event, survivor(person)));
    return owners;
  }

  UUID survivor(UUID person) {
    UUID at = person;
    for (int steps = 0; !survivors.getOrDefault(at, at).equals(at); steps++) {
      if (steps > 1000) {
        throw new AssertionError("a circle of merges");
      }
      at = survivors.get(at);
    }
    return at;
  }

  /** What each person allows, as the highest revision among all the ids they go by says. */
  Consents consents(UUID survivor) {
    Consents newest = new Consents(false, false, false, -1);
    for (Map.Entry<UUID, Consents> entry : consents.entrySet()) {
      if (survivor(entry.getKey()).equals(survivor)) {
        newest = newest.orNewer(entry.getValue());
      }
    }
    return newest;
  }

  Map<UUID, Profile> profiles() {
    return profiles;
  }

  /** Has identity take a batch in, as the consumer would. */
  void handle(List<TrackedEvent> events, Instant time) {
    handle(events, time, false);
  }

  void handle(List<TrackedEvent> events, Instant time, boolean repeated) {
    ResolvePersons handler = identity.bean(ResolvePersons.class);
    hear(identity.transaction().execute(_ -> handler.handle(new Batch<>(events, time, repeated))));
  }

  /** Has identity do what was left for later, a step at a time. Returns how many steps it took. */
  int tend(Instant now) {
    TendGraph tending = identity.bean(TendGraph.class);
    for (int steps = 1; steps < 1000; steps++) {
      Tick tick = identity.transaction().execute(_ -> tending.tick(now, Set.of(0, 1, 2)));
      hear(tick.outgoing());
      if (!tick.more()) {
        return steps;
      }
    }
    throw new AssertionError("there is always more to do");
  }
}
