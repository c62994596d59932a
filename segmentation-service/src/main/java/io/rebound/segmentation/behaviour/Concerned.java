package io.rebound.segmentation.behaviour;

import io.rebound.segmentation.behaviour.BehaviourEvents.Holder;
import io.rebound.segmentation.people.Person;
import io.rebound.segmentation.rfm.Customers;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom a batch concerns: who is to be judged, and whose purchases are to be summed up anew. */
final class Concerned {
  private final Set<String> watched;
  private final Set<UUID> persons = new HashSet<>();
  private final Set<UUID> customers = new HashSet<>();

  /**
   * @param watched the names of events that any segment asks for
   */
  Concerned(Set<String> watched) {
    this.watched = watched;
  }

  void all(Collection<UUID> ids) {
    persons.addAll(ids);
  }

  void customers(Collection<UUID> ids) {
    customers.addAll(ids);
    persons.addAll(ids);
  }

  /** An event that keeps its person: most concern nobody's judgement. */
  void with(Fact fact, Person person, @Nullable Holder holder) {
    String name = holder != null && holder.name() != null ? holder.name() : nameOf(fact);
    boolean firstAllowed = fact.profiling() && !person.assumed() && person.silent();
    boolean refused = holder != null && !fact.profiling();
    if (name == null) {
      return; // only that it moved is known as yet
    }
    if (Customers.EVENTS.contains(name)) {
      customers.add(person.id());
    }
    if (Customers.EVENTS.contains(name)
        || watched.contains(name)
        || firstAllowed
        || refused
        || person.judgedAt() == null) {
      persons.add(person.id());
    }
  }

  private static @Nullable String nameOf(Fact fact) {
    return fact.event() == null ? null : fact.event().name();
  }

  Set<UUID> persons() {
    return persons;
  }

  Set<UUID> customers() {
    return customers;
  }
}
