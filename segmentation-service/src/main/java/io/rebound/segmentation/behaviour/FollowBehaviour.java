package io.rebound.segmentation.behaviour;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.EventKey;
import io.rebound.events.PersonEvent;
import io.rebound.segmentation.behaviour.BehaviourEvents.Holder;
import io.rebound.segmentation.people.Held;
import io.rebound.segmentation.people.Merging;
import io.rebound.segmentation.people.Person;
import io.rebound.segmentation.people.Persons;
import io.rebound.segmentation.rfm.Customers;
import io.rebound.segmentation.segments.Changes;
import io.rebound.segmentation.segments.Definitions;
import io.rebound.segmentation.segments.Judge;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes in what persons did and who they turn out to be, and judges those whom it concerns. */
@Component
public class FollowBehaviour implements BatchHandler<PersonEvent> {
  private final Persons persons;
  private final Merging merging;
  private final BehaviourEvents events;
  private final Customers customers;
  private final Judge judge;
  private final Changes changes;

  FollowBehaviour(
      Persons persons,
      Merging merging,
      BehaviourEvents events,
      Customers customers,
      Judge judge,
      Changes changes) {
    this.persons = persons;
    this.merging = merging;
    this.events = events;
    this.customers = customers;
    this.judge = judge;
    this.changes = changes;
  }

  @Override
  public Outgoing handle(Batch<PersonEvent> batch) {
    Definitions definitions = judge.begin();
    News news = News.of(batch.values());
    Held held = persons.hold(news.persons(), news.merging());
    var concerned = new Concerned(definitions.watched());

    if (!news.merges().isEmpty()) {
      Set<UUID> merged = merging.merge(news.merges(), held);
      if (!merged.isEmpty()) {
        concerned.customers(merged);
        customers.changed();
      }
      held = persons.again(held.ids());
    }
    state(news, held, concerned);
    store(news.facts(), held, concerned);

    customers.refresh(concerned.customers());
    if (batch.repeated()) {
      concerned.all(held.ids());
      changes.everythingAgain();
    }
    return judge.judge(
        definitions, persons.again(concerned.persons()), batch.time(), batch.repeated());
  }

  private void state(News news, Held held, Concerned concerned) {
    var stated = news.statedBy(held);
    stated
        .entrySet()
        .removeIf(entry ->
            entry.getValue().revision() < held.get(entry.getKey()).consentRevision()
                || entry.getValue().revision() == held.get(entry.getKey()).consentRevision()
                    && entry.getValue().profiling() == held.get(entry.getKey()).profiling());
    persons.state(stated);
    concerned.customers(stated.keySet());
  }

  private void store(Collection<Fact> told, Held held, Concerned concerned) {
    if (told.isEmpty()) {
      return;
    }
    List<Fact> facts = told.stream().map(fact -> fact.of(held.now(fact.person()))).toList();
    Map<EventKey, Holder> holders = events.holders(facts.stream().map(Fact::key).toList());
    Set<UUID> others = new HashSet<>();
    holders.values().forEach(holder -> others.add(holder.person()));
    others.removeAll(held.ids());
    Held further = others.isEmpty() ? held : persons.hold(others); // rare: events that moved
    for (Fact fact : facts) {
      Holder holder = holders.get(fact.key());
      Person teller = held.get(fact.person());
      if (holder == null) {
        concerned.with(fact, teller, null);
        continue;
      }
      Held where = held.has(holder.person()) ? held : further;
      Person before = where.get(where.now(holder.person()));
      if (fact.revision() > holder.revision() && !before.id().equals(teller.id())) {
        concerned.customers(Set.of(before.id(), teller.id()));
      } else {
        concerned.with(fact, before, holder);
      }
    }
    events.store(facts);
  }
}
