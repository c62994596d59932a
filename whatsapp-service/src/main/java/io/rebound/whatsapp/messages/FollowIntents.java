package io.rebound.whatsapp.messages;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.MessageIntent;
import io.rebound.whatsapp.messages.Messages.Foretold;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Reads back what we said we would send. While all is well each is known already; after the
 * database was restored to an earlier moment this is how we know what may have gone out since.
 */
@Component
public class FollowIntents implements BatchHandler<MessageIntent> {
  private final Messages messages;

  FollowIntents(Messages messages) {
    this.messages = messages;
  }

  @Override
  public Outgoing handle(Batch<MessageIntent> batch) {
    Map<String, Foretold> last = new TreeMap<>();
    for (MessageIntent intent : batch.values()) {
      CallId call = CallId.parse(intent.intentId());
      last.merge(
          call.message(),
          new Foretold(
              call.message(), intent.trigger(), intent.personId(), call.attempt(), intent.at()),
          (one, other) -> other.attempt() > one.attempt() ? other : one);
    }
    messages.foretold(List.copyOf(last.values()));
    return new Outgoing();
  }
}
