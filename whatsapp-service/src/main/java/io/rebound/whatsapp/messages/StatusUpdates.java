package io.rebound.whatsapp.messages;

import io.rebound.whatsapp.messages.Messages.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes in what WhatsApp reports of our messages. */
@Component
public class StatusUpdates {
  private final Messages messages;

  StatusUpdates(Messages messages) {
    this.messages = messages;
  }

  /**
   * A status as the webhook brings it.
   *
   * @param ourId the message's id, which we gave and WhatsApp repeats
   * @param status WhatsApp's word; one we don't know is passed over
   * @param errorCode why it failed, if it did
   */
  public record Update(String ourId, String status, @Nullable Integer errorCode, Instant at) {}

  /** All of them or none: WhatsApp posts again what isn't answered. */
  @Transactional
  public void take(List<Update> updates) {
    var statuses = new ArrayList<Status>();
    for (Update update : updates) {
      stage(update.status())
          .ifPresent(state ->
              statuses.add(
                  new Status(
                      update.ourId(),
                      state,
                      update.errorCode() == null ? null : "WhatsApp says " + update.errorCode(),
                      update.at())));
    }
    if (!statuses.isEmpty()) {
      messages.heard(statuses);
    }
  }

  private static Optional<MessageState> stage(String status) {
    return switch (status) {
      case "sent" -> Optional.of(MessageState.SENT);
      case "delivered" -> Optional.of(MessageState.DELIVERED);
      case "read" -> Optional.of(MessageState.READ);
      case "failed" -> Optional.of(MessageState.FAILED);
      default -> Optional.empty();
    };
  }
}
