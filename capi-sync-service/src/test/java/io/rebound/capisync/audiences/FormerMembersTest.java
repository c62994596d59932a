package io.rebound.capisync.audiences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.capisync.RunningCapiSync;
import io.rebound.capisync.Shopper;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class FormerMembersTest {
  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final FormerMembers former = capiSync.bean(FormerMembers.class);
  private final String segment = "segment-" + UUID.randomUUID();

  @Test
  void who_left_long_ago_is_forgotten_and_who_belongs_there_stays() {
    Shopper leaver = member();
    Shopper stays = member();
    leaver.leaves(segment);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> capiSync.meta().members(segment).size() == 1 && pending() == 0);

    former.forgetBefore(Instant.now().minusSeconds(3600), 100_000);
    assertThat(known(leaver)).isTrue();

    former.forgetBefore(Instant.now().plusSeconds(3600), 100_000);
    assertThat(known(leaver)).isFalse();
    assertThat(known(stays)).isTrue();
  }

  private Shopper member() {
    var shopper = new Shopper(capiSync);
    shopper.goesBy(UUID.randomUUID() + "@shop.example");
    shopper.joins(segment);
    return shopper;
  }

  private int pending() {
    return capiSync.audience(segment).path("pending").asInt(-1);
  }

  private boolean known(Shopper shopper) {
    return capiSync
        .bean(JdbcClient.class)
        .sql("select exists (select from audience_member where person_id = :id)")
        .param("id", shopper.id)
        .query(Boolean.class)
        .single();
  }
}
