package io.rebound.sandbox.whatsapp;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** The people at the other end: they write when they are told to. */
@Component
public class Persons {
  private final MessageStore messages;
  private final Webhooks webhooks;
  private final Clock clock;

  Persons(MessageStore messages, Webhooks webhooks, Clock clock) {
    this.messages = messages;
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /**
   * Somebody writes to the business, which opens the customer service window.
   *
   * @param from a telephone number with country code
   * @throws IllegalArgumentException if it isn't one
   */
  public SandboxMessage write(String from, String text) {
    String number = SandboxMessage.digits(from);
    if (number == null) {
      throw new IllegalArgumentException("from is a telephone number with its country code");
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException("text is what the person writes");
    }
    var message =
        new SandboxMessage(
            messages.newWamid(number),
            true,
            number,
            "text",
            "",
            "",
            List.of(),
            text,
            "",
            "received",
            0,
            clock.millis());
    messages.add(message);
    webhooks.tell(message);
    return message;
  }
}
