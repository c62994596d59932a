package io.rebound.capisync.people;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.Consents;
import io.rebound.events.Profile;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Keeps the newest profile's match keys, consents and alias of each person. */
@Component
public class FollowProfiles implements BatchHandler<Profile> {
  private final People people;

  FollowProfiles(People people) {
    this.people = people;
  }

  @Override
  public Outgoing handle(Batch<Profile> batch) {
    Map<UUID, Profile> newest =
        batch.values().stream()
            .collect(
                Collectors.toMap(
                    Profile::personId,
                    profile -> profile,
                    BinaryOperator.maxBy(
                        (one, other) -> Long.compare(one.revision(), other.revision()))));
    people.profiles(newest);
    Map<UUID, Consents> stated = new HashMap<>();
    newest.values().stream()
        .filter(profile -> profile.absorbedBy() == null)
        .forEach(profile -> stated.put(profile.personId(), profile.consents()));
    if (!stated.isEmpty()) {
      people.state(stated);
    }
    return new Outgoing();
  }
}
