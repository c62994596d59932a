package io.rebound.identity.graph;

import io.rebound.consumption.Outgoing;
import io.rebound.events.ConsentChanged;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import io.rebound.events.Topics;
import io.rebound.identity.consents.ConsentRegistry;
import io.rebound.identity.consents.Registered;
import io.rebound.identity.devices.OwnerChange;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What a batch is going to say. */
final class Announcements {
  private final Outgoing outgoing = new Outgoing();
  private final Instant at;

  Announcements(Instant at) {
    this.at = at;
  }

  void merges(List<Absorption> absorptions) {
    for (Absorption one : absorptions) {
      var merged = new PersonsMerged(one.absorbed(), one.survivor(), one.revision(), one.at());
      outgoing.send(Topics.IDENTIFIED_EVENTS, merged.absorbed(), merged);
      outgoing.send(Topics.IDENTIFIED_EVENTS, merged.survivor(), merged);
    }
  }

  /**
   * Each under both keys, behind what both allow: whoever reads the split must not go by an older
   * yes of theirs until the other partition has come as far.
   */
  void splits(List<Separation> separations, ConsentRegistry.Settled settled) {
    for (Separation one : separations) {
      consent(one.from(), one.person(), settled);
      consent(one.person(), one.from(), settled);
      var split = new PersonSplit(one.person(), one.from(), one.revision(), at);
      outgoing.send(Topics.IDENTIFIED_EVENTS, split.personId(), split);
      outgoing.send(Topics.IDENTIFIED_EVENTS, split.from(), split);
    }
  }

  void consents(Collection<UUID> persons, ConsentRegistry.Settled settled) {
    persons.forEach(person -> consent(person, person, settled));
  }

  private void consent(UUID key, UUID person, ConsentRegistry.Settled settled) {
    Registered registered = settled.registered().get(person);
    if (registered != null && registered.revision() > 0) {
      outgoing.send(
          Topics.IDENTIFIED_EVENTS, key, new ConsentChanged(person, registered.effective(), at));
    }
  }

  void moves(List<OwnerChange> changes) {
    for (OwnerChange one : changes) {
      var moved =
          new EventMoved(
              one.key().source(), one.key().eventId(), one.from(), one.to(), one.revision(), at);
      outgoing.send(Topics.IDENTIFIED_EVENTS, moved.from(), moved);
      outgoing.send(Topics.IDENTIFIED_EVENTS, moved.to(), moved);
    }
  }

  void event(Resolved resolved, ConsentRegistry.Settled settled) {
    var event = resolved.sighting().event();
    outgoing.send(
        Topics.IDENTIFIED_EVENTS,
        resolved.person(),
        new IdentifiedEvent(
            resolved.person(),
            resolved.revision(),
            settled.forEvent(resolved.person(), event.consent().assumed()),
            event));
  }

  void profiles(List<Profile> profiles) {
    for (Profile profile : profiles) {
      outgoing.send(Topics.PROFILES, profile.personId(), profile);
    }
  }

  Outgoing outgoing() {
    return outgoing;
  }
}
