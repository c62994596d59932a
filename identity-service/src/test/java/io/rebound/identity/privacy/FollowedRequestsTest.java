package io.rebound.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.consumption.ClockHandler.Tick;
import io.rebound.consumption.Outgoing;
import io.rebound.consumption.Partitions;
import io.rebound.events.PrivacyOrder;
import io.rebound.identity.RunningIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the clock does about requests that services leave open. */
class FollowedRequestsTest {
  private final RunningIdentity identity = RunningIdentity.get();
  private final JdbcClient jdbc = identity.bean(JdbcClient.class);
  private final Requests requests = new Requests();

  @Test
  void a_service_that_does_not_answer_is_asked_again_after_longer_and_longer_pauses() {
    UUID request = requests.request("erasure", "email", UUID.randomUUID() + "@shop.example");
    PrivacyOrder order = requests.awaitOrder(request);
    Instant start = Instant.now();

    assertThat(ordersAt(start.plusSeconds(30), request)).isEmpty();
    assertThat(ordersAt(start.plusSeconds(70), request)).containsExactly(order);
    assertThat(ordersAt(start.plusSeconds(130), request)).isEmpty();
    assertThat(ordersAt(start.plusSeconds(200), request)).containsExactly(order);
    for (int again = 0; again < 20; again++) { // a day is the longest
      assertThat(ordersAt(start.plus(Duration.ofHours(30L * (again + 1))), request)).hasSize(1);
    }

    Requests.OTHERS.forEach(service -> requests.answer(request, service));
    await().until(() -> requests.status(request).equals("completed"));
    assertThat(ordersAt(start.plus(Duration.ofDays(90)), request)).isEmpty();
  }

  @Test
  void other_partitions_requests_are_their_owners_business() {
    UUID request = requests.request("access", "email", UUID.randomUUID() + "@shop.example");
    requests.awaitOrder(request);
    int own = identity.bean(Partitions.class).of(request);

    Tick tick = tick(Instant.now().plusSeconds(70), Set.of((own + 1) % 3, (own + 2) % 3));

    assertThat(orders(tick.outgoing(), request)).isEmpty();
  }

  @Test
  void a_deadline_that_comes_near_is_warned_of_once_and_one_that_passes_shows() {
    UUID request = requests.request("access", "email", UUID.randomUUID() + "@shop.example");
    requests.awaitOrder(request);
    assertThat(warned(request)).isFalse();

    tick(Instant.now().plus(Duration.ofDays(24)), Set.of(0, 1, 2));
    assertThat(warned(request)).isTrue();

    jdbc.sql("update privacy_request set due_at = now() - interval '1 s' where request_id = :id")
        .param("id", request)
        .update();
    assertThat(requests.status(request)).isEqualTo("overdue");
    jdbc.sql("update privacy_request set due_at = now() + interval '30 d' where request_id = :id")
        .param("id", request)
        .update();
  }

  private List<PrivacyOrder> ordersAt(Instant now, UUID request) {
    return orders(tick(now, Set.of(0, 1, 2)).outgoing(), request);
  }

  private static List<PrivacyOrder> orders(Outgoing outgoing, UUID request) {
    return outgoing.entries().stream()
        .filter(entry -> entry.key().equals(request.toString()))
        .map(entry -> (PrivacyOrder) entry.value())
        .toList();
  }

  private Tick tick(Instant now, Set<Integer> partitions) {
    FollowPrivacyRequests follow = identity.bean(FollowPrivacyRequests.class);
    return Objects.requireNonNull(
        identity.transaction().execute(_ -> follow.tick(now, partitions)));
  }

  private boolean warned(UUID request) {
    return jdbc.sql("select warned_at is not null from privacy_request where request_id = :id")
        .param("id", request)
        .query(Boolean.class)
        .single();
  }
}
