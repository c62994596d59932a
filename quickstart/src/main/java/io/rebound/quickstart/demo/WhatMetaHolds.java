package io.rebound.quickstart.demo;

import io.rebound.quickstart.Ports;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Reads the sandbox, which stands where Meta would, and prints what it has. */
final class WhatMetaHolds {
  private static final String META_TOKEN = "demo-meta-token";
  private static final long POLL_MILLIS = 500;
  private static final long QUIET_MILLIS = 8_000;
  private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final Http http;
  private final Ports ports;
  private final Backlog backlog;

  private record Seen(JsonNode events, Map<String, Long> audiences, int messages) {}

  WhatMetaHolds(Http http, Ports ports) {
    this.http = http;
    this.ports = ports;
    this.backlog = new Backlog(http, ports);
  }

  /** Waits until nothing waits any more and nothing changes at Meta, then prints. */
  void show(int customers) throws DemoFailed {
    Seen seen = settled();
    System.out.println();
    System.out.println(
        "What Meta now holds (the sandbox, http://localhost:" + ports.sandbox() + "/)");
    System.out.printf(
        "  Conversions API                %,8d events received, %,d of them counted%n",
        seen.events().path("received").asLong(), seen.events().path("unique").asLong());
    seen.events()
        .path("by_name")
        .properties()
        .forEach(name ->
            System.out.printf(
                "    %-28s %,8d%n", name.getKey(), name.getValue().path("received").asLong()));
    System.out.println("  Custom Audiences");
    seen.audiences()
        .forEach((name, size) -> System.out.printf("    %-28s %,8d people%n", name, size));
    System.out.printf("  WhatsApp                       %,8d messages%n", seen.messages());
    System.out.printf(
        "%,d customers have a profile; their history was not sent, as Meta takes events of the last"
            + " 7 days only.%n",
        customers);
  }

  private Seen settled() throws DemoFailed {
    long start = now();
    long quietSince = now();
    Seen last = read();
    String shown = "";
    while (now() - quietSince < QUIET_MILLIS) {
      if (now() - start > PATIENCE_MILLIS) {
        throw new DemoFailed(
            "The platform is still busy after 10 minutes; its log says with what.");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
      long waiting = backlog.size();
      Seen seen = read();
      if (waiting > 0 || !seen.equals(last)) {
        quietSince = now();
      }
      last = seen;
      String text =
          "Waiting until everything has arrived: %,d still on their way".formatted(waiting);
      if (waiting > 0 && !text.equals(shown)) {
        System.out.print("\r" + text + "    ");
        System.out.flush();
        shown = text;
      }
    }
    System.out.print("\r" + " ".repeat(70) + "\r");
    return last;
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private Seen read() throws DemoFailed {
    String sandbox = "http://localhost:" + ports.sandbox() + "/_sandbox";
    var audiences = new TreeMap<String, Long>();
    for (JsonNode audience : http.get(sandbox + "/audiences", META_TOKEN).path("data")) {
      audiences.put(audience.path("name").asString(), audience.path("size").asLong());
    }
    return new Seen(
        http.get(sandbox + "/events/stats", META_TOKEN),
        audiences,
        http.get(sandbox + "/whatsapp/messages", META_TOKEN).path("data").size());
  }
}
