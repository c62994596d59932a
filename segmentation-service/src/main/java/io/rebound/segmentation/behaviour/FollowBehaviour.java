package io.rebound.segmentation.behaviour;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.EventKey;
import io.rebound.events.PersonEvent;
import io.rebound.segmentation.behaviour.BehaviourEvents.Holder;
import io.rebound.segmentation.people.Aliases;
import io.rebound.segmentation.people.FurtherPersons;
import io.rebound.segmentation.people.Held;
import io.rebound.segmentation.people.Person;
import io.rebound.segmentation.people.Persons;
import io.rebound.segmentation.people.Statements;
import io.rebound.segmentation.rfm.Customers;
import io.rebound.segmentation.segments.Changes;
import io.rebound.segmentation.segments.Definitions;
import io.rebound.segmentation.segments.Judge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Takes in what persons did and who they turn out to be, and judges those whom it concerns. */
@Component
public class FollowBehaviour implements BatchHandler<PersonEvent> {
  private final Persons persons;
  private final Aliases aliases;
  private final Statements statements;
  private final BehaviourEvents events;
  private final Customers customers;
  private final Judge judge;
  private final Changes changes;

  FollowBehaviour(
      Persons persons,
      Aliases aliases,
      Statements statements,
      BehaviourEvents events,
      Customers customers,
      Judge judge,
      Changes changes) {
    this.persons = persons;
    this.aliases = aliases;
    this.statements = statements;
    this.events = events;
    this.customers = customers;
    this.judge = judge;
    this.changes = changes;
  }

  @Override
  public Outgoing handle(Batch<PersonEvent> batch) {
    Definitions definitions = judge.begin();
    News news = News.of(batch.values());
    return persons.holding(
        everybody(news), news.turning(), held -> handle(batch, news, held, definitions));
  }

  private Outgoing handle(
      Batch<PersonEvent> batch, News news, Held before, Definitions definitions) {
    Held held = before;
    var concerned = new Concerned(definitions.watched());

    if (!news.aliases().isEmpty()) {
      concerned.customers(aliases.follow(news.aliases(), held));
      held = persons.again(held.ids());
    }
    concerned.customers(statements.state(news.stated(), held));
    store(news.facts(), held, concerned);

    customers.refresh(concerned.customers());
    if (batch.repeated()) {
      concerned.all(held.ids());
      changes.everythingAgain();
    }
    return judge.judge(
        definitions, persons.again(concerned.persons()), batch.time(), batch.repeated());
  }

  // whose an event was isn't always among those a move mentions
  private Set<UUID> everybody(News news) {
    Set<UUID> everybody = new HashSet<>(news.persons());
    if (news.moves()) {
      events
          .holders(news.facts().stream().map(Fact::key).toList())
          .values()
          .forEach(holder -> everybody.add(holder.person()));
    }
    return everybody;
  }

  private void store(Collection<Fact> told, Held held, Concerned concerned) {
    if (told.isEmpty()) {
      return;
    }
    List<Fact> facts = told.stream().map(fact -> fact.of(held.now(fact.person()))).toList();
    Set<EventKey> fresh = events.insert(facts);
    List<Fact> again = new ArrayList<>();
    for (Fact fact : facts) {
      if (fresh.contains(fact.key())) {
        concerned.with(fact, held.get(fact.person()), null);
      } else {
        again.add(fact);
      }
    }
    if (!again.isEmpty()) {
      tellAgain(again, held, concerned);
    }
  }

  // an event that was told before may turn out to be somebody else's
  private void tellAgain(List<Fact> facts, Held held, Concerned concerned) {
    List<EventKey> keys = facts.stream().map(Fact::key).toList();
    Map<EventKey, Holder> holders = events.holders(keys);
    Set<UUID> persons = holders.values().stream().map(Holder::person).collect(Collectors.toSet());
    if (!held.ids().containsAll(persons)) {
      throw new FurtherPersons(persons);
    }
    for (Fact fact : facts) {
      Holder holder = holders.get(fact.key());
      if (holder == null) {
        throw new IllegalStateException("An event that came before is gone");
      }
      Person before = held.get(held.now(holder.person()));
      if (fact.revision() > holder.revision() && !before.id().equals(fact.person())) {
        concerned.customers(Set.of(before.id(), fact.person()));
      } else {
        concerned.with(fact, before, holder);
      }
    }
    events.update(facts);
  }
}
