package io.rebound.whatsapp.messages;

import io.rebound.consumption.ConsumptionStatus;
import io.rebound.consumption.Publisher;
import io.rebound.events.MessageIntent;
import io.rebound.events.Topics;
import io.rebound.meta.Backoff;
import io.rebound.meta.GraphOutcome;
import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphOutcome.Refused;
import io.rebound.meta.GraphOutcome.RetryLater;
import io.rebound.meta.GraphOutcome.Setup;
import io.rebound.meta.GraphOutcome.Throttled;
import io.rebound.meta.GraphOutcome.Unknown;
import io.rebound.meta.WhatsAppMessages;
import io.rebound.meta.WhatsAppMessages.Accepted;
import io.rebound.whatsapp.WhatsappProperties;
import io.rebound.whatsapp.messages.NextMessage.Ready;
import io.rebound.whatsapp.messages.NextMessage.Taken;
import io.rebound.whatsapp.triggers.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/**
 * Sends each message at most once: WhatsApp has no idempotency key. Before Meta is called the
 * message is marked in the database and the call is foretold in Kafka, so neither a kill nor a
 * restored database makes it go out twice; a call without an answer is never repeated.
 */
@Component
class MessageSender {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10));
  private static final Duration LONGEST_CALL = Duration.ofMinutes(5);
  private static final int TIMERS_AT_ONCE = 500;

  private final Timers timers;
  private final NextMessage next;
  private final Messages messages;
  private final ConsumptionStatus consumption;
  private final Publisher publisher;
  private final WhatsAppMessages meta;
  private final MessageMeters meters;
  private final MessageDisclosures disclosures;
  private final Clock clock;
  private final String number;

  MessageSender(
      Timers timers,
      NextMessage next,
      Messages messages,
      ConsumptionStatus consumption,
      Publisher publisher,
      WhatsAppMessages meta,
      MessageMeters meters,
      MessageDisclosures disclosures,
      Clock clock,
      WhatsappProperties properties) {
    this.timers = timers;
    this.next = next;
    this.messages = messages;
    this.consumption = consumption;
    this.publisher = publisher;
    this.meta = meta;
    this.meters = meters;
    this.disclosures = disclosures;
    this.clock = clock;
    this.number = properties.number();
  }

  /** Does what is due next; false if there was nothing, or if it is too early to know. */
  boolean sendOne() {
    if (!knowsAll()) {
      return false;
    }
    Instant now = clock.instant();
    disclosures.giveUpCallsBefore(now.minus(LONGEST_CALL), now);
    int off = timers.goOff(now, TIMERS_AT_ONCE);
    if (!meta.ready(number)) {
      return off > 0; // what is due waits where it is, untried
    }
    return switch (next.take(now)) {
      case Taken.Nothing _ -> off > 0;
      case Taken.Settled _ -> true;
      case Taken.ToSend(var message) -> {
        send(message);
        yield true;
      }
    };
  }

  // A restored database doesn't know yet who has bought since, who said stop, and what went out.
  private boolean knowsAll() {
    return consumption.caughtUp(Topics.MESSAGE_INTENTS)
        && consumption.caughtUp(Topics.IDENTIFIED_EVENTS)
        && consumption.caughtUp(Topics.PROFILES);
  }

  private void send(Ready message) {
    String id = message.call().message();
    try {
      publisher
          .publish(
              Topics.MESSAGE_INTENTS,
              message.personId().toString(),
              new MessageIntent(
                  message.call().toString(),
                  message.personId(),
                  message.trigger(),
                  clock.instant()))
          .join();
    } catch (CompletionException e) { // Meta wasn't called
      messages.giveBack(id, "Kafka can't be reached", later(message));
      meters.postponed("kafka");
      return;
    }
    if (!messages.isCalling(id)) {
      return; // its person was erased
    }
    GraphOutcome<Accepted> outcome =
        meta.sendTemplate(number, message.phone(), message.template(), id);
    if (outcome.wasSent()) { // killed before this, the call is given up later, and told then
      disclosures.called(message, outcome.label());
    }
    Instant now = clock.instant();
    switch (outcome) {
      case Done<Accepted> _ -> settle(id, MessageState.ACCEPTED, "accepted", now);
      case Refused<Accepted>(var error) -> settle(id, MessageState.REFUSED, error.summary(), now);
      case Unknown<Accepted> _ -> settle(id, MessageState.UNKNOWN, "no answer from Meta", now);
      case RetryLater<Accepted>(var pause, var error) -> {
        Instant least = now.plus(pause);
        Instant backoff = outcome.wasSent() ? later(message) : least;
        giveBack(id, outcome, error.summary(), backoff.isAfter(least) ? backoff : least);
      }
      case Throttled<Accepted>(var until, var error) ->
          giveBack(id, outcome, error.summary(), until);
      // what holds the number keeps its messages from being taken, so they are due when it is over;
      // one whose template is held mustn't come back at once
      case Setup<Accepted>(_, var probeAt, var error) ->
          giveBack(id, outcome, error.summary(), meta.ready(number) ? probeAt : now);
    }
  }

  private Instant later(Ready message) {
    return clock.instant().plus(BACKOFF.pause(message.call().attempt()));
  }

  private void settle(String id, MessageState state, String reason, Instant now) {
    messages.settle(id, state, reason, now);
    meters.settled(state);
  }

  private void giveBack(String id, GraphOutcome<Accepted> outcome, String reason, Instant dueAt) {
    messages.giveBack(id, reason, dueAt);
    meters.postponed(outcome.label());
  }
}
