package io.rebound.sandbox.page;

import io.rebound.sandbox.conversions.EventStore;
import io.rebound.sandbox.conversions.ShownEvent;
import java.util.List;
import org.springframework.stereotype.Component;

/** One sentence for those who listen to the page instead of seeing it. */
@Component
class StreamStatus implements Section {
  private final EventStore events;

  StreamStatus(EventStore events) {
    this.events = events;
  }

  @Override
  public String name() {
    return "said";
  }

  @Override
  public Html html() {
    List<ShownEvent> latest = events.newestBefore(Long.MAX_VALUE, 1, _ -> true);
    long received = events.stats().path("received").asLong(0);
    return latest.isEmpty()
        ? Html.of("No events received yet")
        : Html.of(
            "{} received, the latest is {}",
            Words.counted(received, "event", "events"),
            latest.getFirst().name());
  }
}
