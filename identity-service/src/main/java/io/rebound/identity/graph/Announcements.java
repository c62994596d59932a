package io.rebound.identity.graph;

import io.rebound.consumption.Outgoing;
import io.rebound.events.ConsentChanged;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import io.rebound.events.Topics;
import io.rebound.identity.consents.ConsentRegistry;
import io.rebound.identity.consents.Registered;
import io.rebound.identity.devices.OwnerChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
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
      merged(new PersonsMerged(one.absorbed(), one.survivor(), micros(one.at()), one.at()));
    }
  }

  /** Says again what was said before. */
  void aliases(List<Persons.Alias> aliases) {
    for (Persons.Alias alias : aliases) {
      merged(new PersonsMerged(alias.absorbed(), alias.survivor(), micros(at), at));
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private void merged(PersonsMerged merged) {
    outgoing.send(Topics.IDENTIFIED_EVENTS, merged.absorbed(), merged);
    outgoing.send(Topics.IDENTIFIED_EVENTS, merged.survivor(), merged);
  }

  void consents(Collection<UUID> persons, ConsentRegistry.Settled settled) {
    for (UUID person : persons) {
      Registered registered = Objects.requireNonNull(settled.registered().get(person));
      if (registered.revision() > 0) {
        outgoing.send(
            Topics.IDENTIFIED_EVENTS,
            person,
            new ConsentChanged(person, registered.effective(), at));
      }
    }
  }

  void moves(List<OwnerChange> changes, Owners owners) {
    for (OwnerChange change : changes) {
      UUID from = owners.formerPerson(change);
      UUID to = owners.person(change.now());
      if (!from.equals(to)) {
        var moved =
            new EventMoved(
                change.now().key().source(),
                change.now().key().eventId(),
                from,
                to,
                change.now().revision(),
                at);
        outgoing.send(Topics.IDENTIFIED_EVENTS, from, moved);
        outgoing.send(Topics.IDENTIFIED_EVENTS, to, moved);
      }
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
