package io.rebound.segmentation.people;

import java.util.Set;
import java.util.UUID;

/**
 * Work turned out to concern persons whom it doesn't hold. {@link Persons#holding} begins it anew
 * with them.
 */
public final class FurtherPersons extends RuntimeException {
  private final transient Set<UUID> persons;

  public FurtherPersons(Set<UUID> persons) {
    super("Work concerns persons whom it doesn't hold", null, false, false);
    this.persons = Set.copyOf(persons);
  }

  Set<UUID> persons() {
    return persons;
  }
}
