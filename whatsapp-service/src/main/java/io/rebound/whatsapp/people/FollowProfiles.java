package io.rebound.whatsapp.people;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.Consents;
import io.rebound.events.Profile;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Keeps the newest contact, consents and alias of each person. */
@Component
public class FollowProfiles implements BatchHandler<Profile> {
  private final People people;

  FollowProfiles(People people) {
    this.people = people;
  }

  @Override
  public Outgoing handle(Batch<Profile> batch) {
    Map<UUID, Profile> newest = new HashMap<>();
    for (Profile profile : batch.values()) {
      newest.merge(
          profile.personId(),
          profile,
          (one, other) -> other.revision() > one.revision() ? other : one);
    }
    Map<UUID, Consents> stated = new HashMap<>();
    newest.forEach((person, profile) -> {
      if (profile.absorbedBy() == null) {
        stated.put(person, profile.consents());
      }
    });
    people.profiles(newest);
    people.state(stated);
    return new Outgoing();
  }
}
