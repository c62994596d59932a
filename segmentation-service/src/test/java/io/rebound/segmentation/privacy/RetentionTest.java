package io.rebound.segmentation.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.EventJson;
import io.rebound.segmentation.Events;
import io.rebound.segmentation.RunningSegmentation;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What was kept long enough is forgotten, and who it was about is judged by the rest. */
class RetentionTest extends RunningSegmentation {
  private static final int ALL = 100_000;

  private final UUID person = UUID.randomUUID();
  private final Instant at = Instant.now().minusSeconds(60);
  @Autowired private EventErasure events;
  @Autowired private JdbcClient jdbc;
  @Autowired private TransactionOperations transactions;

  @Test
  void an_old_event_counts_no_longer_and_who_has_none_left_is_forgotten() throws Exception {
    tell(person, Events.bought(person, "old-" + person, "5.00", at));
    tell(person, Events.bought(person, "new-" + person, "7.00", at));
    await().atMost(PATIENCE).until(() -> orders() == 2);

    cameLongAgo("purchase-old-" + person);
    assertThat(forgottenEvents()).isPositive();
    await().atMost(PATIENCE).until(() -> orders() == 1);
    assertThat(forgottenPersons()).isZero();

    cameLongAgo("purchase-new-" + person);
    assertThat(forgottenEvents()).isPositive();
    await().atMost(PATIENCE).until(() -> orders() == 0);
    await()
        .atMost(PATIENCE)
        .until(() -> {
          forgottenPersons();
          return send(request("/v1/persons/" + person).GET()).statusCode() == 404;
        });
  }

  private int orders() throws Exception {
    var answer = send(request("/v1/persons/" + person).GET());
    return answer.statusCode() == 200
        ? EventJson.MAPPER.readTree(answer.body()).at("/rfm/frequency").asInt(0)
        : -1;
  }

  private void cameLongAgo(String event) {
    jdbc.sql(
            "update behaviour_event set stored_at = now() - interval '9 years' where event_id = :id")
        .param("id", event)
        .update();
  }

  private int forgottenEvents() {
    Instant moment = Instant.now().minusSeconds(3600);
    return transactions.execute(_ -> events.forgetBefore(moment, ALL));
  }

  private int forgottenPersons() {
    // only of this test's person: everybody else is asked for by other tests
    Instant moment = CLOCK.instant().plusSeconds(60);
    return transactions.execute(status -> {
      int forgotten = events.forgetUnseen(moment, ALL);
      boolean mine =
          jdbc.sql("select not exists (select from person where person_id = :id)")
              .param("id", person)
              .query(Boolean.class)
              .single();
      if (!mine) {
        status.setRollbackOnly();
        return 0;
      }
      return forgotten;
    });
  }
}
