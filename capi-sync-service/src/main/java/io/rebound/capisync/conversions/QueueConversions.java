package io.rebound.capisync.conversions;

import io.rebound.capisync.people.People;
import io.rebound.capisync.people.PersonNow;
import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.EventKey;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides of every event whether Meta may and should have it, and queues it if so. Each event is
 * kept once with what became of it, so that one that comes again changes nothing, and everybody can
 * ask.
 */
@Component
public class QueueConversions implements BatchHandler<PersonEvent> {
  /** What is ours alone: these tell who somebody is, not what they did. */
  private static final Set<String> NOT_FOR_META =
      Set.of("Identify", "Group", "Alias", "MessageReceived");

  private final ConversionQueue queue;
  private final People people;

  QueueConversions(ConversionQueue queue, People people) {
    this.queue = queue;
    this.people = people;
  }

  @Override
  public Outgoing handle(Batch<PersonEvent> batch) {
    Map<EventKey, IdentifiedEvent> events = new LinkedHashMap<>();
    Map<EventKey, EventMoved> moves = new LinkedHashMap<>();
    for (PersonEvent event : batch.values()) {
      if (event instanceof IdentifiedEvent identified) {
        events.merge(
            identified.key(),
            identified,
            (one, other) -> other.revision() > one.revision() ? other : one);
      } else if (event instanceof EventMoved moved) {
        moves.merge(
            moved.key(), moved, (one, other) -> other.revision() > one.revision() ? other : one);
      }
    }
    // an event is decided for whom it belongs to by the end of the batch, as consents are
    events.replaceAll((key, event) -> moved(event, moves.get(key)));
    if (!events.isEmpty()) {
      queue.add(decided(events, batch.time()));
    }
    if (!moves.isEmpty()) {
      queue.move(List.copyOf(moves.values()));
    }
    return new Outgoing();
  }

  /** What is kept of events that turned out to be an erased person's goes as theirs did. */
  public void forget(Collection<EventKey> events) {
    queue.forget(events);
  }

  private static IdentifiedEvent moved(IdentifiedEvent event, @Nullable EventMoved move) {
    return move == null || move.revision() <= event.revision()
        ? event
        : new IdentifiedEvent(
            move.to(), move.revision(), PersonNow.ofAnother(event.consents()), event.event());
  }

  private List<Conversion> decided(Map<EventKey, IdentifiedEvent> events, Instant now) {
    Set<UUID> persons =
        events.values().stream().map(IdentifiedEvent::personId).collect(Collectors.toSet());
    Map<UUID, PersonNow> known = people.now(persons);
    return events.values().stream()
        .map(event -> decided(event, known.get(event.personId()), now))
        .toList();
  }

  private static Conversion decided(
      IdentifiedEvent event, @Nullable PersonNow person, Instant now) {
    var tracked = event.event();
    Instant expiresAt = tracked.at().plus(tracked.actionSource().maxAge());
    ConversionState state;
    if (NOT_FOR_META.contains(tracked.name()) || tracked.keptBack() != null) {
      state = ConversionState.NOT_FOR_META;
    } else if (tracked.isHistory()) {
      state = ConversionState.HISTORY;
    } else if (person == null ? !event.consents().ads() : !person.allowsAds(event.consents())) {
      state = ConversionState.WITHHELD;
    } else if (!expiresAt.isAfter(now)) {
      state = ConversionState.EXPIRED;
    } else {
      state = ConversionState.QUEUED;
    }
    return new Conversion(event, state, expiresAt);
  }
}
