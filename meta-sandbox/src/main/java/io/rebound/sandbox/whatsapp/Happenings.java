package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.whatsapp.Notice.Happening;
import org.springframework.stereotype.Component;

/** Makes come true what a notice is about. */
@Component
class Happenings {
  private final MessageStore messages;
  private final Reviews reviews;

  Happenings(MessageStore messages, Reviews reviews) {
    this.reviews = reviews;
    this.messages = messages;
  }

  void happen(Notice notice) {
    Happening happening = notice.happens();
    if (notice.isPosted()) {
      messages.advance(happening.subject(), happening.state());
    } else {
      reviews.timeHasCome(happening.subject(), happening.state());
    }
  }
}
