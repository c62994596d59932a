package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.SandboxProperties.Profile;
import io.rebound.sandbox.whatsapp.Person.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.springframework.stereotype.Component;

/** Which statuses a message takes, and after how long. */
@Component
class Course {
  private final Profile profile;
  private final Pace pace;
  private final Random random;

  Course(SandboxProperties properties, Pace pace) {
    this.profile = properties.profile();
    this.pace = pace;
    this.random = new Random(pace.seed());
  }

  /** A status, so many milliseconds after the message was taken. */
  record Step(String status, long after, boolean priced) {}

  List<Step> of(SandboxMessage message, Person person) {
    return profile == Profile.INSTANT ? instant(message, person) : lifelike(message, person);
  }

  // nobody reads here unless told to
  private static List<Step> instant(SandboxMessage message, Person person) {
    if (message.error() != 0) {
      return List.of(new Step("failed", 0, false));
    }
    var steps = new ArrayList<Step>();
    steps.add(new Step("sent", 0, true));
    if (arrives(message, person)) {
      steps.add(new Step("delivered", 0, true));
    }
    return steps;
  }

  private synchronized List<Step> lifelike(SandboxMessage message, Person person) {
    long at = upTo(pace.sent());
    if (message.error() != 0) {
      return List.of(new Step("failed", at, false));
    }
    var steps = new ArrayList<Step>();
    steps.add(new Step("sent", at, true));
    if (!arrives(message, person) || happens(pace.neverDelivered())) {
      return steps;
    }
    at += upTo(pace.delivered());
    boolean reads = !person.is(Trait.NO_RECEIPTS);
    if (happens(pace.readAtOnce()) && reads) { // the chat is open: there is no delivered
      steps.add(new Step("read", at, true));
      return steps;
    }
    steps.add(new Step("delivered", at, true));
    if (!happens(pace.neverRead()) && reads) {
      steps.add(new Step("read", at + upTo(pace.read()), false));
    }
    return steps;
  }

  // a reaction is only ever sent; nor does the sender learn that they are blocked
  private static boolean arrives(SandboxMessage message, Person person) {
    return !message.type().equals("reaction") && !person.is(Trait.BLOCKED);
  }

  private long upTo(Duration longest) {
    return 1 + random.nextLong(Math.max(1, longest.toMillis()));
  }

  private boolean happens(int percent) {
    return random.nextInt(100) < percent;
  }
}
