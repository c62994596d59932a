package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.quickstart.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every service is killed while persons are erased and their old events arrive once more. */
@Tag("faults")
class KilledErasureTest {
  private static final int MESSAGES = 3_000;
  private static final int ERASED = 100;
  private static final int FIRST = 100; // shorter names Needles takes for no evidence
  private static final String ABANDONERS = "Rebound cart-abandoners";
  private static final List<String> VICTIMS =
      List.of(
          "capi-sync", "identity", "whatsapp", "segmentation", "sandbox", "ingest", "catalog-feed");

  @TempDir Path scratch;
  private Installation shop;
  private Ports ports;

  @Test
  void whoever_is_killed_meanwhile_nothing_is_left_of_the_erased_and_all_of_the_others()
      throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<Map<String, Object>> messages = Shop.messages(MESSAGES, now);
    long seed = System.nanoTime();
    System.out.println("Kills at random moments of seed " + seed);
    try (SeparateProcesses processes =
            SeparateProcesses.start(
                scratch.resolve("installation"), new SameKeys(scratch.resolve("keys")));
        ExecutorService desk = Executors.newSingleThreadExecutor()) {
      shop = processes.installation();
      ports = shop.ports();
      shop.putSegments();
      shop.post(messages);
      Results before = Results.of(shop, now.toString());
      List<Integer> customers = erasedCustomers();
      List<String> emails = customers.stream().map(KilledErasureTest::email).toList();
      List<JsonNode> persons = emails.stream().map(this::person).toList();
      var theirs = new Needles(valuesOf(customers));
      assertThat(persons).doesNotContainNull();
      assertThat(before.audiences().get(ABANDONERS))
          .anyMatch(row -> isOf(theirs, row))
          .anyMatch(row -> !isOf(theirs, row));

      CompletableFuture<Void> erasing =
          CompletableFuture.runAsync(() -> eraseAmongOldEvents(emails, messages), desk);
      var random = new Random(seed);
      for (String victim : VICTIMS) {
        LockSupport.parkNanos(random.nextInt(2_000) * 1_000_000L);
        processes.kill(victim);
        processes.startAgain(victim);
      }
      erasing.join();

      await().atMost(Duration.ofMinutes(5)).untilAsserted(() -> assertThat(open()).isEmpty());
      Results after = Results.of(shop, now.toString());
      assertThat(emails).noneMatch(this::isKnown);
      assertThat(Traces.of(persons).in(new Databases(ports.postgres())))
          .isNotEmpty()
          .allMatch(Traces::mayRemain);
      assertThat(after.audiences().get(ABANDONERS))
          .isEqualTo(
              before.audiences().get(ABANDONERS).stream()
                  .filter(row -> !isOf(theirs, row))
                  .collect(Collectors.toCollection(TreeSet::new)));
      Set<String> others = new TreeSet<>(before.rfm().keySet());
      persons.forEach(person -> others.remove(person.path("person_id").asString()));
      assertThat(after.rfm().keySet()).isEqualTo(others);
      assertThat(after.conversions()).isEqualTo(before.conversions());
    }
  }

  /** Those with a mailbox of their own, which some share with the customer after them. */
  private static List<Integer> erasedCustomers() {
    return Stream.iterate(FIRST, number -> number + 3)
        .filter(number -> number % 10 != 9)
        .limit(ERASED)
        .toList();
  }

  private static String email(int customer) {
    return "customer" + customer + "@shop.example";
  }

  private static List<String> valuesOf(List<Integer> customers) {
    return customers.stream()
        .flatMap(number ->
            number % 10 == 8
                ? Stream.of(email(number), "user-" + number, "user-" + (number + 1))
                : Stream.of(email(number), "user-" + number))
        .toList();
  }

  /** Each request stands between events that the shop sends once more. */
  private void eraseAmongOldEvents(List<String> emails, List<Map<String, Object>> messages) {
    int between = messages.size() / emails.size();
    for (int n = 0; n < emails.size(); n++) {
      shop.post(
          ports.identity(),
          "/v1/privacy/requests",
          Map.of("type", "erasure", "identifier", Map.of("type", "email", "value", emails.get(n))));
      shop.post(messages.subList(n * between, (n + 1) * between));
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos()); // so that it lasts as the kills do
    }
  }

  private List<JsonNode> open() {
    List<JsonNode> all = shop.all(ports.identity(), "/v1/privacy/requests");
    assertThat(all).hasSizeGreaterThanOrEqualTo(ERASED);
    return all.stream().filter(one -> !one.path("status").asString().equals("completed")).toList();
  }

  private static boolean isOf(Needles theirs, String row) {
    return !theirs.in(row.getBytes(UTF_8)).isEmpty();
  }

  private boolean isKnown(String email) {
    return person(email) != null;
  }

  private @Nullable JsonNode person(String email) {
    return shop.find(ports.identity(), "/v1/persons?email=" + email);
  }
}
