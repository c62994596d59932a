package io.rebound.sandbox.page;

import io.rebound.sandbox.calls.CallLog;
import io.rebound.sandbox.calls.LoggedCall;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The latest Graph calls and how much of the limits they used. */
@Component
class RecentCalls implements Section {
  private static final int SHOWN = 40;

  private final CallLog calls;

  RecentCalls(CallLog calls) {
    this.calls = calls;
  }

  @Override
  public String name() {
    return "calls";
  }

  @Override
  public Html html() {
    List<LoggedCall> newest = calls.newest(SHOWN);
    if (newest.isEmpty()) {
      return Html.of("<p class=\"none\">No calls yet.</p>");
    }
    List<Map.Entry<String, Long>> limits =
        calls.usage().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    return Html.of(
        """
        <dl class="limits">{}</dl>
        <div class="scroll" tabindex="0" role="region" aria-label="Call log">
        <table><caption>{}, the latest {} shown; times are UTC</caption>
        <thead><tr><th scope="col">Time</th><th scope="col">Call</th><th scope="col">Answer</th>
        <th scope="col" class="n">Took</th><th scope="col">Trace ID</th></tr></thead>
        <tbody>{}</tbody></table></div>
        """,
        Html.each(limits, RecentCalls::limit),
        Words.counted(calls.count(), "call", "calls"),
        newest.size(),
        Html.each(newest, RecentCalls::row));
  }

  private static Html limit(Map.Entry<String, Long> limit) {
    return Html.of(
        "<div><dt>{} limit</dt><dd>{}<span class=\"n\">{} % used</span></dd></div>",
        limit.getKey().replace('_', ' '), Bar.of(limit.getValue(), 100), limit.getValue());
  }

  private static Html row(LoggedCall call) {
    return Html.of(
        """
        <tr><td>{}</td><td><b>{}</b> <code>{}</code></td><td><span class="pill {}">{}</span>{}</td>
        <td class="n">{} ms</td><td><code>{}</code></td></tr>
        """,
        Words.time(call.at()),
        call.method(),
        call.path(),
        call.status() >= 200 && call.status() < 400 ? "good" : "bad",
        call.status() == 0 ? "no answer" : call.status(),
        Html.when(call.code() != 0, Html.of(" code {}", call.code())),
        Words.number(call.millis()),
        call.traceId());
  }
}
