package io.rebound.whatsapp.people;

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
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Keeps what persons state and who they turn out to be. */
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
    for (PersonEvent event : batch.values()) {
      switch (event) {
        case PersonsMerged merge ->
            aliases.merge(merge.absorbed(), Alias.of(merge), Alias::orNewer);
        case PersonSplit split -> aliases.merge(split.personId(), Alias.of(split), Alias::orNewer);
        case ConsentChanged(var person, var consents, _) ->
            stated.merge(person, consents, Consents::orNewer);
        case IdentifiedEvent(var person, _, var consents, _) ->
            stated.merge(person, consents, Consents::orNewer);
        case EventMoved _ -> {}
      }
    }
    people.follow(aliases);
    people.state(stated);
    return new Outgoing();
  }
}
