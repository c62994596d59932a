package io.rebound.quickstart.demo;

import io.rebound.quickstart.Ports;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the platform still has to do, as its own metrics tell: everything that waits anywhere. */
public final class Backlog {
  private static final String ADMIN_KEY = "demo-admin-key";
  private static final Pattern WAITING =
      Pattern.compile(
          "^rebound_\\w+_(?:consumer_lag_records|consumer_buffered_records|consumer_outbox_rows"
              + "|conversions_queued|audience_members_pending|persons_to_judge)(?:\\{[^}]*})? (\\S+)",
          Pattern.MULTILINE);

  private final Http http;
  private final Ports ports;

  public Backlog(Http http, Ports ports) {
    this.http = http;
    this.ports = ports;
  }

  /** The sum over all services; 0 when nothing waits. */
  public long size() throws DemoFailed {
    double sum = 0;
    for (int port :
        List.of(ports.identity(), ports.segmentation(), ports.capiSync(), ports.whatsapp())) {
      Matcher metrics =
          WAITING.matcher(
              http.getText("http://localhost:" + port + "/actuator/prometheus", ADMIN_KEY));
      while (metrics.find()) {
        sum += Double.parseDouble(metrics.group(1));
      }
    }
    return (long) sum;
  }
}
