package io.rebound.capisync.people;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.ConsentChanged;
import io.rebound.events.Consents;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Keeps what persons state and who they turn out to be, from whatever tells it. */
@Component
public class FollowPersons implements BatchHandler<PersonEvent> {
  private final People people;

  FollowPersons(People people) {
    this.people = people;
  }

  @Override
  public Outgoing handle(Batch<PersonEvent> batch) {
    Map<UUID, Alias> aliases = new HashMap<>();
    Map<UUID, Consents> stated = new HashMap<>();
    Set<UUID> allowed = new HashSet<>();
    for (PersonEvent event : batch.values()) {
      allowing(event).ifPresent(allowed::add);
      switch (event) {
        case PersonsMerged merge ->
            aliases.merge(merge.absorbed(), Alias.of(merge), Alias::orNewer);
        case PersonSplit split -> aliases.merge(split.personId(), Alias.of(split), Alias::orNewer);
        case ConsentChanged(var person, var consents, _) ->
            stated.merge(person, consents, Consents::orNewer);
        case IdentifiedEvent(var person, _, var consents, _) when consents.revision() > 0 ->
            stated.merge(person, consents, Consents::orNewer);
        case IdentifiedEvent _, EventMoved _ -> {}
      }
    }
    if (!allowed.isEmpty()) {
      people.allowedOnce(allowed);
    }
    if (!aliases.isEmpty()) {
      people.follow(aliases);
    }
    Map<UUID, Consents> news = newsAmong(stated);
    if (!news.isEmpty()) {
      people.state(news);
    }
    return new Outgoing();
  }

  private static Optional<UUID> allowing(PersonEvent event) {
    return switch (event) {
      case ConsentChanged(var person, var consents, _) when consents.ads() -> Optional.of(person);
      case IdentifiedEvent(var person, _, var consents, _) when consents.ads() ->
          Optional.of(person);
      default -> Optional.empty();
    };
  }

  // Nearly every event repeats what is known: reading that is far cheaper than writing it again.
  private Map<UUID, Consents> newsAmong(Map<UUID, Consents> stated) {
    if (stated.isEmpty()) {
      return stated;
    }
    Map<UUID, Long> known = people.consentRevisions(stated.keySet());
    Map<UUID, Consents> news = new HashMap<>(stated);
    news.entrySet()
        .removeIf(entry -> entry.getValue().revision() <= known.getOrDefault(entry.getKey(), -1L));
    return news;
  }
}
