package io.rebound.whatsapp.triggers;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.EventKey;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonEvent;
import io.rebound.whatsapp.WhatsappProperties;
import io.rebound.whatsapp.triggers.RecentEvents.Recent;
import io.rebound.whatsapp.triggers.Timers.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Keeps the events that triggers speak of, and sets the timers. What a message depends on is
 * decided from the kept events when the timer goes off, so the order and the number of times they
 * arrive don't matter. Old events that are imported trigger nothing.
 */
@Component
public class FollowEvents implements BatchHandler<PersonEvent> {
  private static final Duration KEPT = Duration.ofDays(9); // longer than any trigger waits

  private final Triggers triggers;
  private final RecentEvents recent;
  private final Timers timers;
  private final WhatsappProperties properties;

  FollowEvents(
      Triggers triggers, RecentEvents recent, Timers timers, WhatsappProperties properties) {
    this.triggers = triggers;
    this.recent = recent;
    this.timers = timers;
    this.properties = properties;
  }

  @Override
  public Outgoing handle(Batch<PersonEvent> batch) {
    List<Trigger> active = triggers.enabled();
    Set<String> wanted = new HashSet<>();
    active.forEach(trigger -> {
      wanted.add(trigger.event());
      wanted.addAll(trigger.unless());
    });
    Instant oldest = batch.time().minus(KEPT);
    Map<EventKey, Recent> kept = new HashMap<>();
    Map<String, Timer> due = new TreeMap<>();
    for (PersonEvent event : batch.values()) {
      switch (event) {
        case IdentifiedEvent identified
            when wanted.contains(identified.event().name())
                && identified.event().at().isAfter(oldest) -> {
          kept.merge(identified.key(), Recent.of(identified), Recent::and);
          timersOf(identified, active, due);
        }
        case EventMoved moved when !wanted.isEmpty() ->
            kept.merge(moved.key(), Recent.of(moved), Recent::and);
        default -> {}
      }
    }
    recent.keep(List.copyOf(kept.values()));
    timers.set(List.copyOf(due.values()));
    return new Outgoing();
  }

  private void timersOf(IdentifiedEvent identified, List<Trigger> active, Map<String, Timer> due) {
    var event = identified.event();
    if (event.at().isBefore(event.receivedAt().minus(properties.freshness()))) {
      return;
    }
    for (Trigger trigger : active) {
      if (trigger.event().equals(event.name())) {
        var timer =
            new Timer(
                trigger.name(), event.source(), event.eventId(), event.at().plus(trigger.after()));
        due.put(event.key() + " " + trigger.name(), timer);
      }
    }
  }
}
