package io.rebound.whatsapp.messages;

import io.rebound.events.Contact;
import io.rebound.events.SealedWithEvent;
import io.rebound.meta.WhatsAppMessages.Template;
import io.rebound.sealing.Opener;
import io.rebound.sealing.UnknownSealingKey;
import io.rebound.sealing.UnreadableSeal;
import io.rebound.whatsapp.WhatsappProperties;
import io.rebound.whatsapp.people.People;
import io.rebound.whatsapp.people.Recipient;
import io.rebound.whatsapp.stops.Stops;
import io.rebound.whatsapp.triggers.Timers;
import io.rebound.whatsapp.triggers.Trigger;
import io.rebound.whatsapp.triggers.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes the next due message and decides, right before it goes out, whether it may: by the
 * consents, the contact and the events known at this moment.
 */
@Component
class NextMessage {
  private static final Duration KEY_COMES_IN = Duration.ofSeconds(10);

  private final Messages messages;
  private final Triggers triggers;
  private final Timers timers;
  private final People people;
  private final Stops stops;
  private final Opener opener;
  private final WhatsappProperties properties;
  private final MessageMeters meters;

  NextMessage(
      Messages messages,
      Triggers triggers,
      Timers timers,
      People people,
      Stops stops,
      Opener opener,
      WhatsappProperties properties,
      MessageMeters meters) {
    this.messages = messages;
    this.triggers = triggers;
    this.timers = timers;
    this.people = people;
    this.stops = stops;
    this.opener = opener;
    this.properties = properties;
    this.meters = meters;
  }

  /**
   * A message that is marked as under way.
   *
   * @param phone E.164 with the plus sign; personal data
   */
  record Ready(CallId call, String trigger, UUID personId, String phone, Template template) {
    @Override
    public String toString() {
      return "Ready[" + call + "]";
    }
  }

  /**
   * What taking came to: nothing was due, it was dealt with without a call, or it is to be sent.
   */
  sealed interface Taken {
    record Nothing() implements Taken {}

    record Settled() implements Taken {}

    record ToSend(Ready message) implements Taken {}
  }

  @Transactional
  public Taken take(Instant now) {
    Optional<Message> next = messages.nextDue(now);
    return next.isEmpty() ? new Taken.Nothing() : decide(next.get(), now);
  }

  private Taken decide(Message message, Instant now) {
    if (Messages.isTooOld(message, properties.freshness(), now)) {
      return settle(message, MessageState.EXPIRED, "Meta could not be reached in time", now);
    }
    Optional<Trigger> trigger = triggers.find(message.trigger()).filter(Trigger::enabled);
    if (trigger.isEmpty()) {
      return settle(message, MessageState.CANCELLED, "the trigger is switched off", now);
    }
    if (message.source() == null
        || message.eventId() == null
        || timers.settledMeanwhile(message.trigger(), message.source(), message.eventId())) {
      return settle(message, MessageState.CANCELLED, "it has settled itself", now);
    }
    // not whose it was when it was made: the event may have moved, or a merge been undone
    UUID whose = timers.whose(message.source(), message.eventId()).orElse(message.personId());
    Recipient recipient = people.recipient(whose);
    if (!recipient.allowsMessages()) {
      return settle(message, MessageState.WITHHELD, "the person doesn't allow messages", now);
    }
    SealedWithEvent sealed = recipient.contact();
    if (sealed == null) {
      return settle(message, MessageState.WITHHELD, "no telephone number", now);
    }
    Contact contact;
    try {
      contact = opener.open(sealed.sealed(), sealed.key(), Contact.class);
    } catch (UnknownSealingKey e) { // perhaps it comes still; if not, the message expires
      messages.giveBack(message.id(), String.valueOf(e.getMessage()), now.plus(KEY_COMES_IN));
      meters.postponed("sealing_key");
      return new Taken.Settled();
    } catch (UnreadableSeal e) {
      return settle(message, MessageState.WITHHELD, e.getMessage(), now);
    }
    if (stops.stoppedSince(contact.phone(), recipient.consentRevision())) {
      return settle(message, MessageState.WITHHELD, "the person said stop", now);
    }
    Optional<Template> template = MessageText.of(trigger.get(), contact);
    if (template.isEmpty()) {
      return settle(message, MessageState.WITHHELD, "a parameter has no value", now);
    }
    messages.calling(message.id(), recipient.survivor(), now);
    return new Taken.ToSend(
        new Ready(
            new CallId(message.id(), message.attempts() + 1),
            message.trigger(),
            recipient.survivor(),
            contact.phone(),
            template.get()));
  }

  private Taken settle(
      Message message,
      MessageState state,
      @org.jspecify.annotations.Nullable String reason,
      Instant now) {
    messages.settle(message.id(), state, reason, now);
    meters.settled(state);
    return new Taken.Settled();
  }
}
