package io.rebound.segmentation.behaviour;

import io.rebound.events.ConsentChanged;
import io.rebound.events.Consents;
import io.rebound.events.EventKey;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.segmentation.people.Held;
import io.rebound.segmentation.people.Persons;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a batch tells, sorted by what it is about; nothing in it depends on the batch's order. */
final class News {
  private final List<PersonsMerged> merges = new ArrayList<>();
  private final Map<UUID, Consents> stated = new HashMap<>();
  private final Map<EventKey, Fact> facts = new LinkedHashMap<>();
  private final Set<UUID> persons = new HashSet<>();
  private boolean moves;

  private News() {}

  static News of(List<PersonEvent> events) {
    var news = new News();
    events.forEach(news::add);
    return news;
  }

  private void add(PersonEvent event) {
    switch (event) {
      case PersonsMerged merge when merge.absorbed().equals(merge.survivor()) -> {}
      case PersonsMerged merge -> {
        merges.add(merge);
        persons.add(merge.absorbed());
        persons.add(merge.survivor());
      }
      case ConsentChanged(var person, var consents, _) -> stated(person, consents);
      case IdentifiedEvent(var person, var revision, var consents, var tracked) -> {
        stated(person, consents);
        add(Fact.told(person, revision, consents, tracked));
      }
      case PersonSplit _ -> {}
      case EventMoved moved -> {
        moves = true;
        persons.add(moved.from());
        persons.add(moved.to());
        add(Fact.moved(moved.key(), moved.to(), moved.revision()));
      }
    }
  }

  // revision 0 is a source's default, which is kept with the event
  private void stated(UUID person, Consents consents) {
    persons.add(person);
    if (consents.revision() > 0) {
      stated.merge(person, consents, Persons::decisive);
    }
  }

  private void add(Fact fact) {
    facts.merge(fact.key(), fact, Fact::and);
  }

  List<PersonsMerged> merges() {
    return merges;
  }

  Collection<Fact> facts() {
    return facts.values();
  }

  /** Whether any event is said to be somebody else's than it was. */
  boolean moves() {
    return moves;
  }

  /** Everybody mentioned. */
  Set<UUID> persons() {
    return persons;
  }

  Set<UUID> merging() {
    Set<UUID> ids = new HashSet<>();
    for (PersonsMerged merge : merges) {
      ids.add(merge.absorbed());
      ids.add(merge.survivor());
    }
    return ids;
  }

  /** What holds for those the statements are about by now. */
  Map<UUID, Consents> statedBy(Held held) {
    Map<UUID, Consents> now = new HashMap<>();
    stated.forEach((id, consents) -> now.merge(held.now(id), consents, Persons::decisive));
    return now;
  }
}
