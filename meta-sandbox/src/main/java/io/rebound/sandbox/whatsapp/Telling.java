package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.SandboxProperties.Profile;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.whatsapp.Notice.Happening;
import java.time.Clock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Decides what the business is told, when, and how often. */
@Component
class Telling {
  private final Outbox outbox;
  private final Values values;
  private final Trouble trouble;
  private final Clock clock;
  private final boolean instant;

  Telling(
      Outbox outbox, Values values, Trouble trouble, Clock clock, SandboxProperties properties) {
    this.outbox = outbox;
    this.values = values;
    this.trouble = trouble;
    this.clock = clock;
    this.instant = properties.profile() == Profile.INSTANT;
  }

  void step(SandboxMessage message, Person person, Course.Step step) {
    long at = clock.millis() + step.after();
    tell(
        step.after(),
        "messages",
        values.status(message, person, step.status(), step.priced(), at),
        new Happening(message.wamid(), step.status()));
  }

  void inbound(SandboxMessage message, Person person) {
    tell(0, "messages", values.inbound(message, person), new Happening(message.wamid(), "posted"));
  }

  void preference(Person person, boolean stop) {
    tell(0, "user_preferences", values.preference(person, stop, clock.millis()), Happening.NOTHING);
  }

  /** Tells something at once, or when the trouble that was asked for lets it through. */
  void now(String field, ObjectNode value) {
    tell(0, field, value, Happening.NOTHING);
  }

  /** Nothing is posted when it's due; a template's time has come. */
  void timer(long due, Happening happens) {
    outbox.add(due, "", Answer.object(), happens);
  }

  private void tell(long after, String field, ObjectNode value, Happening happens) {
    outbox.add(due(after), field, value, happens);
    for (int copy = trouble.copies(); copy > 0; copy--) {
      outbox.add(due(after), field, value, Happening.NOTHING);
    }
  }

  // 0 at once: the order stays, whatever the clock does
  private long due(long after) {
    long late = trouble.lateness(clock.millis() + after);
    return instant && late == 0 ? 0 : clock.millis() + after + late;
  }
}
