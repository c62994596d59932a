package io.rebound.sandbox.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Brings every state back before the first request comes in. */
@Component
final class Recovery implements SmartInitializingSingleton {
  private final Journal journal;
  private final List<Journaled> states;

  Recovery(Journal journal, List<Journaled> states) {
    this.journal = journal;
    this.states = states;
  }

  @Override
  public void afterSingletonsInstantiated() {
    try {
      for (Journaled state : states) {
        journal.open(state);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's journal can't be opened", e);
    }
  }
}
