package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.whatsapp.Person.Trait;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Takes a message and lets what follows happen: Meta takes more than it delivers. */
@Component
class Dispatch {
  private static final Duration OLDEST_TARGET = Duration.ofDays(30);

  private final MessageStore messages;
  private final PersonStore persons;
  private final Course course;
  private final Telling telling;
  private final Clock clock;

  Dispatch(
      MessageStore messages, PersonStore persons, Course course, Telling telling, Clock clock) {
    this.messages = messages;
    this.persons = persons;
    this.course = course;
    this.telling = telling;
    this.clock = clock;
  }

  /**
   * Takes it.
   *
   * @param laterFailure the code it is to fail with whatever the person's state; 0 for none
   */
  SandboxMessage take(Receiver receiver, Content content, String ours, int laterFailure) {
    long now = clock.millis();
    Person person = receiver.person();
    if (receiver.byNumber()) {
      person = persons.change(person.number(), known -> known.wasContacted(now));
    }
    var message =
        new SandboxMessage(
            messages.newWamid(receiver.visible()),
            false,
            person.number(),
            person.userId(),
            content,
            ours,
            "accepted",
            laterFailure == 0 ? failure(person, content, now) : laterFailure,
            now);
    messages.add(message);
    for (Course.Step step : course.of(message, person)) {
      telling.step(message, person, step);
    }
    return message;
  }

  private int failure(Person person, Content content, long now) {
    if (person.is(Trait.UNREACHABLE)) {
      return Failure.UNDELIVERABLE.code();
    }
    if (content.isTemplate()) {
      return content.isMarketing() && person.is(Trait.STOPPED)
          ? Failure.STOPPED_MARKETING.code()
          : 0;
    }
    if (!person.windowOpen(now)) {
      return Failure.OUTSIDE_WINDOW.code();
    }
    return content.type().equals("reaction") && !hasTarget(person, content, now)
        ? Failure.BAD_TARGET.code()
        : 0;
  }

  private boolean hasTarget(Person person, Content content, long now) {
    return messages
        .find(content.wire().path("message_id").asString(""))
        .filter(target -> target.number().equals(person.number()))
        .filter(target -> target.at() + OLDEST_TARGET.toMillis() > now)
        .isPresent();
  }
}
