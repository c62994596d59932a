package io.rebound.privacy;

import io.rebound.events.ConsentChanged;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.Message;
import io.rebound.events.MessageIntent;
import io.rebound.events.PersonEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import io.rebound.events.SegmentMembership;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which persons a message is about, and what is left of it without those erased. Pure. */
final class Mentioned {
  private Mentioned() {}

  /** Everybody the message names as somebody it is about. */
  static Set<UUID> in(Message message) {
    return switch (message) {
      case PersonEvent event -> in(event);
      case Profile(var person, _, _, var absorbedBy, _, _, _, _, _) ->
          absorbedBy == null || absorbedBy.equals(person)
              ? Set.of(person)
              : Set.of(person, absorbedBy);
      case SegmentMembership membership -> Set.of(membership.personId());
      case MessageIntent intent -> Set.of(intent.personId());
      default -> throw new IllegalArgumentException("Not about persons: " + message.ceType());
    };
  }

  private static Set<UUID> in(PersonEvent event) {
    return switch (event) {
      case IdentifiedEvent identified -> Set.of(identified.personId());
      case ConsentChanged changed -> Set.of(changed.personId());
      case PersonsMerged(var absorbed, var survivor, _, _) -> both(absorbed, survivor);
      case PersonSplit(var person, var from, _, _) -> both(person, from);
      case EventMoved moved -> both(moved.from(), moved.to());
    };
  }

  private static Set<UUID> both(UUID one, UUID other) {
    return one.equals(other) ? Set.of(one) : Set.of(one, other);
  }

  /**
   * What may still be told; empty if nothing. An erased person who was somebody's other self is
   * nobody's any more, so only an event that was taken from them goes on, without saying so.
   */
  static <T extends Message> Optional<T> without(Set<UUID> erased, T message) {
    if (in(message).stream().noneMatch(erased::contains)) {
      return Optional.of(message);
    }
    if (message instanceof EventMoved moved && !erased.contains(moved.to())) {
      var told =
          new EventMoved(
              moved.source(),
              moved.eventId(),
              moved.to(),
              moved.to(),
              moved.revision(),
              moved.at());
      @SuppressWarnings("unchecked") // of the same class as the message
      T same = (T) told;
      return Optional.of(same);
    }
    return Optional.empty();
  }
}
