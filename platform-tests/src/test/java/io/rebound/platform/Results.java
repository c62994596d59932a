package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What came of it all, in a form that two installations with the same keys can be compared by.
 *
 * @param rfm each customer's values and scores at a fixed moment
 * @param members the persons of each segment
 * @param audiences the hashed rows of each Custom Audience at the sandbox
 * @param conversions the ids of the events the Conversions API counted
 */
record Results(
    Map<String, String> rfm,
    Map<String, TreeSet<String>> members,
    Map<String, TreeSet<String>> audiences,
    TreeSet<String> conversions) {
  private static final Pattern WAITING =
      Pattern.compile(
          "^rebound_\\w+_(?:consumer_lag_records|consumer_buffered_records|consumer_outbox_rows"
              + "|conversions_queued|audience_members_pending|persons_to_judge)(?:\\{[^}]*})? (\\S+)",
          Pattern.MULTILINE);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration QUIET = Duration.ofSeconds(8);

  /** Exactly, down to the last person and event. */
  void assertSameAs(Results expected) {
    assertThat(rfm).isEqualTo(expected.rfm);
    assertThat(members).isEqualTo(expected.members);
    assertThat(audiences).isEqualTo(expected.audiences);
    assertThat(conversions).isEqualTo(expected.conversions);
  }

  /** Waits until nothing waits any more, then reads. */
  static Results of(Installation installation, String rfmAt) {
    settle(installation);
    var ports = installation.ports();
    var rfm = new TreeMap<String, String>();
    for (JsonNode row : installation.all(ports.segmentation(), "/v1/rfm?at=" + rfmAt)) {
      rfm.put(row.path("person_id").asString(), row.toString());
    }
    var members = new TreeMap<String, TreeSet<String>>();
    for (JsonNode segment : installation.all(ports.segmentation(), "/v1/segments")) {
      String name = segment.path("name").asString();
      members.put(
          name,
          installation.all(ports.segmentation(), "/v1/segments/" + name + "/members").stream()
              .map(member -> member.path("person_id").asString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    var audiences = new TreeMap<String, TreeSet<String>>();
    for (JsonNode audience : installation.all(ports.sandbox(), "/_sandbox/audiences")) {
      String path = "/_sandbox/audiences/" + audience.path("id").asString() + "/members";
      audiences.put(
          audience.path("name").asString(),
          installation.all(ports.sandbox(), path).stream()
              .map(JsonNode::toString)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    TreeSet<String> conversions =
        installation.all(ports.sandbox(), "/_sandbox/events").stream()
            .map(event ->
                event.path("event_name").asString() + " " + event.path("event_id").asString())
            .collect(Collectors.toCollection(TreeSet::new));
    return new Results(rfm, members, audiences, conversions);
  }

  static void settle(Installation installation) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long quietSince = System.nanoTime();
    while (System.nanoTime() - quietSince < QUIET.toNanos()) {
      if (waiting(installation) > 0) {
        quietSince = System.nanoTime();
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("The platform doesn't come to rest");
      }
      LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
    }
  }

  private static double waiting(Installation installation) {
    var ports = installation.ports();
    double sum = 0;
    for (int port :
        List.of(ports.identity(), ports.segmentation(), ports.capiSync(), ports.whatsapp())) {
      Matcher metric = WAITING.matcher(installation.metrics(port));
      while (metric.find()) {
        sum += Double.parseDouble(metric.group(1));
      }
    }
    return sum;
  }
}
