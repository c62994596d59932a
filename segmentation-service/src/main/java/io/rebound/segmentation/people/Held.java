package io.rebound.segmentation.people;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Persons whose rows this transaction holds: nobody else changes anything of them until it ends.
 */
public final class Held {
  private final Map<UUID, Person> persons;

  Held(Map<UUID, Person> persons) {
    this.persons = persons;
  }

  /** Who goes by that id now; the id must be among those asked for. */
  public UUID now(UUID id) {
    return get(id).now();
  }

  public Set<UUID> now(Collection<UUID> ids) {
    return ids.stream().map(this::now).collect(Collectors.toSet());
  }

  public boolean has(UUID id) {
    return persons.containsKey(id);
  }

  public Person get(UUID id) {
    Person person = persons.get(id);
    if (person == null) {
      throw new IllegalStateException("A person who isn't held");
    }
    return person;
  }

  public Collection<Person> all() {
    return persons.values();
  }

  public Set<UUID> ids() {
    return persons.keySet();
  }
}
