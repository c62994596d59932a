package io.rebound.sandbox.page;

import io.rebound.sandbox.whatsapp.MessageStore;
import io.rebound.sandbox.whatsapp.PersonStore;
import io.rebound.sandbox.whatsapp.SandboxMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** One customer's messages as bubbles, with a box to answer as the customer. */
@RestController
class Conversations {
  private static final int SHOWN = 50;

  private final MessageStore messages;
  private final PersonStore persons;
  private final Clock clock;

  Conversations(MessageStore messages, PersonStore persons, Clock clock) {
    this.messages = messages;
    this.persons = persons;
    this.clock = clock;
  }

  @GetMapping(path = "/_sandbox/page/conversations", produces = PageDoor.HTML)
  String conversation() {
    return latest().text();
  }

  @GetMapping(path = "/_sandbox/page/conversations/{number:[0-9]+}", produces = PageDoor.HTML)
  String conversation(@PathVariable String number) {
    return of(number).text();
  }

  @GetMapping(
      path = "/_sandbox/page/conversations/{number:[0-9]+}/bubbles",
      produces = PageDoor.HTML)
  String bubbles(@PathVariable String number) {
    return bubblesOf(number).text();
  }

  /** The conversation that went on last; until there is one, a place that waits for it. */
  Html latest() {
    return messages.newest(1, _ -> true).stream()
        .findFirst()
        .map(message -> of(message.number()))
        .orElseGet(() ->
            Html.of(
                """
                <div id="conversation" hx-get="/_sandbox/page/conversations" hx-trigger="sse:customers" hx-swap="outerHTML">
                <p class="none">The first conversation opens here by itself.</p></div>
                """));
  }

  private Html of(String number) {
    return Html.of(
        """
        <div id="conversation"><h3>+{}</h3>
        <div id="bubbles" class="bubbles" tabindex="0" role="region" aria-label="Messages" hx-trigger="sse:customers"
        hx-get="/_sandbox/page/conversations/{}/bubbles">{}</div>
        <form hx-post="/_sandbox/whatsapp/inbound" hx-ext="json" hx-swap="none">
        <input type="hidden" name="from" value="+{}">
        <label for="answer">Answer as this customer</label>
        <span class="line"><input id="answer" name="text" required maxlength="4096" autocomplete="off">
        <button type="submit" class="main">Send</button></span></form></div>
        """,
        number,
        number,
        bubblesOf(number),
        number);
  }

  private Html bubblesOf(String number) {
    List<SandboxMessage> found =
        messages.newest(SHOWN, message -> message.number().equals(number)).reversed();
    boolean open = persons.windowOpen(number, clock.millis());
    return Html.of(
        "<p class=\"window\"><span class=\"pill {}\">{}</span></p><ol>{}</ol>",
        open ? "good" : "waiting",
        open ? "24-hour window open" : "24-hour window closed: templates only",
        Html.each(found, Conversations::bubble));
  }

  private static Html bubble(SandboxMessage message) {
    return Html.of(
        """
        <li class="{}"><span class="hidden">{}</span>{}<p>{}</p><small>{} · {}{}</small></li>
        """,
        message.inbound() ? "in" : "out",
        message.inbound() ? "Customer: " : "Shop: ",
        Html.when(
            !message.template().isEmpty(),
            Html.of("<span class=\"pill\">template {}</span>", message.template())),
        message.text(),
        Words.time(Instant.ofEpochMilli(message.at())),
        message.inbound() ? "written" : message.status(),
        Html.when(message.error() != 0, Html.of(", code {}", message.error())));
  }
}
