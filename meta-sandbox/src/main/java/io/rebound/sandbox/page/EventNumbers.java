package io.rebound.sandbox.page;

import io.rebound.sandbox.conversions.EventStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** How many events came, by name, and how many were sent twice or refused. */
@Component
class EventNumbers implements Section {
  private static final int MOST_NAMES = 8;

  private final EventStore events;

  EventNumbers(EventStore events) {
    this.events = events;
  }

  @Override
  public String name() {
    return "numbers";
  }

  @Override
  public Html html() {
    JsonNode stats = events.stats();
    long received = stats.path("received").asLong(0);
    List<Map.Entry<String, JsonNode>> names =
        stats.path("by_name").properties().stream()
            .sorted(Comparator.comparingLong(EventNumbers::received).reversed())
            .limit(MOST_NAMES)
            .toList();
    long most = names.isEmpty() ? 1 : Math.max(1, received(names.getFirst()));
    return Html.of(
        """
        <dl class="numbers">
        <div><dt>received</dt><dd>{}</dd></div>
        <div><dt>counted once each</dt><dd>{}</dd></div>
        <div><dt>sent again</dt><dd>{}</dd></div>
        <div><dt>requests refused</dt><dd>{}</dd></div>
        </dl>
        {}
        """,
        Words.number(received),
        Words.number(stats.path("unique").asLong(0)),
        Words.number(stats.path("duplicate").asLong(0)),
        Words.number(stats.path("refused_requests").asLong(0)),
        Html.when(!names.isEmpty(), table(names, most)));
  }

  private static Html table(List<Map.Entry<String, JsonNode>> names, long most) {
    return Html.of(
        """
        <table><caption>Received by name</caption>
        <thead><tr><th scope="col">Event</th><td></td><th scope="col" class="n">Received</th></tr></thead>
        <tbody>{}</tbody></table>
        """,
        Html.each(
            names,
            entry ->
                Html.of(
                    "<tr><th scope=\"row\">{}</th><td class=\"wide\">{}</td><td class=\"n\">{}</td></tr>",
                    entry.getKey(),
                    Bar.of(received(entry), most),
                    Words.number(received(entry)))));
  }

  private static long received(Map.Entry<String, JsonNode> entry) {
    return entry.getValue().path("received").asLong(0);
  }
}
