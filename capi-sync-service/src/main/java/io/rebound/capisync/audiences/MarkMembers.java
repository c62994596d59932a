package io.rebound.capisync.audiences;

import io.rebound.consumption.Batch;
import io.rebound.consumption.Outgoing;
import io.rebound.events.ConsentChanged;
import io.rebound.events.PersonEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Has members looked at again whose keys, consent or identity changed. */
@Component
public class MarkMembers {
  private final Members members;

  MarkMembers(Members members) {
    this.members = members;
  }

  /** Handles profiles. */
  public Outgoing ofProfiles(Batch<Profile> batch) {
    Set<UUID> changed = new HashSet<>();
    for (Profile profile : batch.values()) {
      changed.add(profile.personId());
      if (profile.absorbedBy() != null) {
        changed.add(profile.absorbedBy());
      }
    }
    return mark(changed);
  }

  /** Handles what happens to persons. */
  public Outgoing ofPersons(Batch<PersonEvent> batch) {
    Set<UUID> changed = new HashSet<>();
    for (PersonEvent event : batch.values()) {
      if (event instanceof ConsentChanged consent) {
        changed.add(consent.personId());
      } else if (event instanceof PersonsMerged merged) {
        changed.add(merged.absorbed());
        changed.add(merged.survivor());
      } else if (event instanceof PersonSplit split) {
        changed.add(split.personId());
        changed.add(split.from());
      }
    }
    return mark(changed);
  }

  private Outgoing mark(Set<UUID> changed) {
    if (!changed.isEmpty()) {
      members.mark(changed);
    }
    return new Outgoing();
  }
}
