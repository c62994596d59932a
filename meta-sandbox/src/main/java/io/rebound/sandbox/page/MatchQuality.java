package io.rebound.sandbox.page;

import io.rebound.sandbox.conversions.EventStore;
import io.rebound.sandbox.conversions.ShownEvent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How well Meta could match the latest events, and which keys they bring. */
@Component
class MatchQuality implements Section {
  private static final int SAMPLE = 200;
  private static final int MOST_KEYS = 8;
  private static final double GOOD = 6; // what Meta advises to reach

  private final EventStore events;
  private long lastNewest = -1;
  private Html shown = Html.NONE;

  MatchQuality(EventStore events) {
    this.events = events;
  }

  @Override
  public String name() {
    return "quality";
  }

  @Override
  public synchronized Html html() {
    long newest =
        events.newestBefore(Long.MAX_VALUE, 1, _ -> true).stream()
            .mapToLong(ShownEvent::position)
            .sum();
    if (newest != lastNewest) { // reading the sample again costs more than asking
      lastNewest = newest;
      shown = shown();
    }
    return shown;
  }

  private Html shown() {
    List<Set<String>> sample =
        events.newestBefore(Long.MAX_VALUE, SAMPLE, _ -> true).stream()
            .map(event -> SeenEvent.of(event).matchKeys())
            .toList();
    if (sample.isEmpty()) {
      return Html.of("<p class=\"none\">Estimated as soon as there are events.</p>");
    }
    double quality = MatchKey.quality(sample);
    List<MatchKey> keys =
        Arrays.stream(MatchKey.values())
            .filter(key -> having(key, sample) > 0)
            .sorted(Comparator.comparingLong((MatchKey key) -> having(key, sample)).reversed())
            .limit(MOST_KEYS)
            .toList();
    return Html.of(
        """
        <p class="score {}"><strong>{}</strong> of 10 <span class="pill">{}</span></p>
        <table><caption>Share of the latest {} that has the key</caption>
        <thead><tr><th scope="col">Match key</th><td></td><th scope="col" class="n">Coverage</th></tr></thead>
        <tbody>{}</tbody></table>
        """,
        quality >= GOOD ? "good" : "poor",
        String.format(Locale.ENGLISH, "%.1f", quality),
        quality >= GOOD ? "Good" : "Could be better: Meta advises 6 or more",
        Words.counted(sample.size(), "event", "events"),
        Html.each(
            keys,
            key ->
                Html.of(
                    "<tr><th scope=\"row\">{}</th><td class=\"wide\">{}</td><td class=\"n\">{} %</td></tr>",
                    key.label,
                    Bar.of(having(key, sample), sample.size()),
                    having(key, sample) * 100 / sample.size())));
  }

  private static long having(MatchKey key, List<Set<String>> sample) {
    return sample.stream().filter(key::in).count();
  }
}
