package io.rebound.sandbox.page;

import io.rebound.sandbox.conversions.EventStore;
import java.util.List;
import org.springframework.stereotype.Component;

/** The latest events, newest first. */
@Component
class EventStream implements Section {
  private static final int SHOWN = 20;

  private final EventStore events;

  EventStream(EventStore events) {
    this.events = events;
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public Html html() {
    List<SeenEvent> latest =
        events.newestBefore(Long.MAX_VALUE, SHOWN, _ -> true).stream().map(SeenEvent::of).toList();
    if (latest.isEmpty()) {
      return Html.of(
          "<p class=\"none\">No events yet. They appear here as soon as they are received.</p>");
    }
    return Html.of(
        """
        <table>
        <caption>The latest {} of the events kept, newest first; times are UTC</caption>
        <thead><tr><th scope="col">Received</th><th scope="col">Event</th><th scope="col">Match keys</th>
        <th scope="col" class="n">Value</th><th scope="col">Where</th><th scope="col">Event ID</th></tr></thead>
        <tbody>{}</tbody>
        </table>
        """,
        latest.size(),
        Html.each(latest, EventStream::row));
  }

  private static Html row(SeenEvent event) {
    return Html.of(
        """
        <tr><td>{}</td><th scope="row">{}{}</th><td><ul class="keys" aria-label="Match keys">{}</ul></td>
        <td class="n">{}</td><td>{}</td><td><code>{}</code></td></tr>
        """,
        Words.time(event.receivedAt()),
        event.name(),
        Html.when(
            event.deliveries() > 1,
            Html.of(" <span class=\"pill\">sent {}×</span>", event.deliveries())),
        Html.each(
            List.copyOf(event.matchKeys()), key -> Html.of("<li>{}</li>", MatchKey.label(key))),
        event.value(),
        event.source(),
        event.id());
  }
}
