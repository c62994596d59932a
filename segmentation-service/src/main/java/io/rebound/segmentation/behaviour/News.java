package io.rebound.segmentation.behaviour;

import io.rebound.events.ConsentChanged;
import io.rebound.events.EventKey;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.segmentation.people.Alias;
import io.rebound.segmentation.people.ProfilingConsent;
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
  private final Map<UUID, Alias> aliases = new HashMap<>();
  private final Map<UUID, ProfilingConsent> stated = new HashMap<>();
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
      case PersonsMerged merge -> add(Alias.of(merge));
      case PersonSplit split -> add(Alias.of(split));
      case ConsentChanged(var person, var consents, _) ->
          stated(person, ProfilingConsent.of(consents));
      case IdentifiedEvent(var person, var revision, var consents, var tracked) -> {
        stated(person, ProfilingConsent.of(consents));
        add(Fact.told(person, revision, consents, tracked));
      }
      case EventMoved moved -> {
        moves = true;
        persons.add(moved.from());
        persons.add(moved.to());
        add(Fact.moved(moved.key(), moved.to(), moved.revision()));
      }
    }
  }

  private void add(Alias alias) {
    persons.add(alias.person());
    if (alias.of() != null) {
      persons.add(alias.of());
    }
    aliases.merge(alias.person(), alias, Alias::orNewer);
  }

  // revision 0 is a source's default, which is kept with the event
  private void stated(UUID person, ProfilingConsent consent) {
    persons.add(person);
    if (consent.revision() > 0) {
      stated.merge(person, consent, ProfilingConsent::and);
    }
  }

  private void add(Fact fact) {
    facts.merge(fact.key(), fact, Fact::and);
  }

  Collection<Alias> aliases() {
    return aliases.values();
  }

  /** What was stated, under the ids it was told of. */
  Map<UUID, ProfilingConsent> stated() {
    return stated;
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

  /** Those who may turn out to be somebody else, and whom they may turn out to be. */
  Set<UUID> turning() {
    Set<UUID> ids = new HashSet<>();
    for (Alias alias : aliases.values()) {
      ids.add(alias.person());
      if (alias.of() != null) {
        ids.add(alias.of());
      }
    }
    return ids;
  }
}
