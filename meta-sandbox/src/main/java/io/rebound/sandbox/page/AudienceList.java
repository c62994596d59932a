package io.rebound.sandbox.page;

import io.rebound.sandbox.audiences.AudienceStore;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** The audiences with their sizes, the largest of them as lines over time. */
@Component
class AudienceList implements Section {
  private static final int LINES = 6; // as many as there are colours
  private static final int SHOWN = 50;
  private static final int USABLE = 100; // people Meta asks for before it shows anybody an ad

  private final AudienceStore audiences;
  private final AudienceHistory history;
  private final Clock clock;

  AudienceList(AudienceStore audiences, AudienceHistory history, Clock clock) {
    this.audiences = audiences;
    this.history = history;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "audiences";
  }

  @Override
  public Html html() {
    history.look(); // a line ends at the size the table tells
    List<AudienceStore.Size> all =
        audiences.sizes().stream()
            .sorted(Comparator.comparingInt(AudienceStore.Size::size).reversed())
            .toList();
    if (all.isEmpty()) {
      return Html.of("<p class=\"none\">No audiences yet.</p>");
    }
    List<AudienceStore.Size> shown = all.subList(0, Math.min(SHOWN, all.size()));
    return Html.of(
        """
        {}
        <table><caption>{}; exact sizes, which Meta itself never tells</caption>
        <thead><tr><th scope="col">Audience</th><th scope="col">State</th>
        <th scope="col" class="n">People</th><td></td></tr></thead>
        <tbody>{}</tbody></table>
        """,
        SizeChart.of(
            shown.stream().limit(LINES).map(audience -> history.of(audience.id())).toList(),
            clock.instant()),
        Words.counted(all.size(), "audience", "audiences"),
        Html.each(shown, audience -> row(audience, shown.indexOf(audience) + 1)));
  }

  private static Html row(AudienceStore.Size audience, int rank) {
    boolean usable = audience.size() >= USABLE;
    return Html.of(
        """
        <tr><th scope="row"><span class="dot {}"></span>{}</th><td><span class="pill {}">{}</span></td>
        <td class="n">{}</td><td class="n"><button type="button" id="members-of-{}" hx-get="/_sandbox/page/members/{}"
        hx-target="#members" aria-label="Members of {}">Members</button></td></tr>
        """,
        rank <= LINES ? "c" + rank : "",
        audience.name(),
        usable ? "good" : "waiting",
        usable ? "ready" : "too small",
        Words.number(audience.size()),
        audience.id(),
        audience.id(),
        audience.name());
  }
}
