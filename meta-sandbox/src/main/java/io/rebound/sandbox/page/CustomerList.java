package io.rebound.sandbox.page;

import io.rebound.sandbox.whatsapp.MessageStore;
import io.rebound.sandbox.whatsapp.SandboxMessage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Customers by their latest message. Its events also tell the open conversation to come again. */
@Component
class CustomerList implements Section {
  private static final int LOOKED_AT = 1_000;
  private static final int SHOWN = 30;

  private final MessageStore messages;

  CustomerList(MessageStore messages) {
    this.messages = messages;
  }

  @Override
  public String name() {
    return "customers";
  }

  @Override
  public Html html() {
    Map<String, SandboxMessage> latest = new LinkedHashMap<>();
    for (SandboxMessage message : messages.newest(LOOKED_AT, _ -> true)) {
      if (latest.size() < SHOWN) {
        latest.putIfAbsent(message.number(), message);
      }
    }
    if (latest.isEmpty()) {
      return Html.of("<p class=\"none\">No messages yet.</p>");
    }
    return Html.of("<ul>{}</ul>", Html.each(List.copyOf(latest.values()), CustomerList::customer));
  }

  private static Html customer(SandboxMessage latest) {
    return Html.of(
        """
        <li><button type="button" id="customer-{}" hx-get="/_sandbox/page/conversations/{}" hx-target="#conversation"
        hx-swap="outerHTML"><b>+{}</b> {}<span>{}</span> <small>{}</small></button></li>
        """,
        latest.number(),
        latest.number(),
        latest.number(),
        Words.time(Instant.ofEpochMilli(latest.at())),
        latest.text(),
        latest.status());
  }
}
