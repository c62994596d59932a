package io.rebound.capisync.audiences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.capisync.RunningCapiSync;
import io.rebound.capisync.Shopper;
import io.rebound.capisync.people.People;
import io.rebound.events.SealedWithEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process dies before Meta's answer is written down, or the answer never comes. */
class DiedWhileTellingTest {
  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final JdbcClient jdbc = capiSync.bean(JdbcClient.class);
  private final String segment = "segment-" + UUID.randomUUID();
  private final String first = UUID.randomUUID() + "@shop.example";
  private final String second = UUID.randomUUID() + "@shop.example";

  @AfterEach
  void mend() {
    capiSync.meta().faults();
  }

  @Test
  void the_next_one_tells_it() {
    member(first);
    holds(first);
    claimedByTheDead();
    Shopper shopper = member(second);
    await().atMost(Duration.ofSeconds(9)).until(() -> pending() && !keysOf(shopper).isEmpty());

    capiSync.bean(Members.class).adding(segment, Map.of(shopper.id, keysOf(shopper)));

    holds(first, second);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(capiSync.audience(segment).path("members").asInt()).isEqualTo(2));
  }

  @Test
  void who_comes_back_while_nobody_knows_whether_meta_removed_them_is_told_again() {
    Shopper shopper = member(first);
    holds(first);
    capiSync
        .meta()
        .faults(
            "{\"path\":\"/users$\",\"method\":\"DELETE\",\"reset\":true,\"after_effect\":true}");

    shopper.leaves(segment);
    holds(); // Meta has done it, and its answer is lost
    shopper.joins(segment);

    holds(first);
  }

  private Shopper member(String email) {
    var shopper = new Shopper(capiSync);
    shopper.goesBy(email);
    shopper.joins(segment);
    return shopper;
  }

  private void claimedByTheDead() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            jdbc.sql(
                        """
                        update audience set claim = 'of the dead',
                          claimed_until = now() + interval '10 seconds'
                        where segment = :segment and claim is null
                        """)
                    .param("segment", segment)
                    .update()
                == 1);
  }

  private boolean pending() {
    return capiSync.audience(segment).path("pending").asInt() == 1;
  }

  private List<SealedWithEvent> keysOf(Shopper shopper) {
    return capiSync
        .bean(People.class)
        .matchKeys(List.of(shopper.id))
        .getOrDefault(shopper.id, List.of());
  }

  private void holds(String... emails) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(capiSync.meta().emails(segment))
                .containsExactlyInAnyOrder(
                    List.of(emails).stream().map(Shopper::sha256).toArray(String[]::new)));
  }
}
