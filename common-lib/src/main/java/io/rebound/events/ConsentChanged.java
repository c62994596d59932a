package io.rebound.events;

import java.time.Instant;
import java.util.UUID;

/** A state: what the person allows from now on. The highest {@link Consents#revision()} holds. */
public record ConsentChanged(UUID personId, Consents consents, Instant at) implements PersonEvent {
  @Override
  public String ceType() {
    return "io.rebound.consent-changed.v1";
  }

  @Override
  public String ceId() {
    return personId + "/consent/" + consents.revision();
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
