package io.rebound.segmentation.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.PersonEvent;
import io.rebound.segmentation.Segmentation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What the service made of messages, against the oracle. */
final class Comparison {
  private static final Duration DAY = Duration.ofHours(24);

  private Comparison() {}

  static void check(Segmentation segmentation, List<PersonEvent> messages) {
    var oracle = new Oracle(messages, segmentation.clock.instant());
    assertThat(scores(segmentation)).isEqualTo(oracle.scores());
    Set<UUID> carts =
        oracle.whoseEvents(events ->
            oracle.count(events, "AddToCart", DAY) > 0
                && oracle.count(events, "Purchase", DAY) == 0);
    Set<UUID> good = oracle.whoScores(rfm -> rfm[0] >= 3 && rfm[1] >= 3);
    Set<UUID> goodCarts = new TreeSet<>(good);
    goodCarts.retainAll(carts);
    assertThat(segmentation.members("carts")).isEqualTo(carts);
    assertThat(segmentation.members("good")).isEqualTo(good);
    assertThat(segmentation.members("good-carts")).isEqualTo(goodCarts);
    assertThat(segmentation.members("lookers"))
        .isEqualTo(
            oracle.whoseEvents(events -> {
              long looked = oracle.count(events, "ViewContent", Duration.ofDays(2));
              return looked >= 1 && looked <= 2;
            }));
    assertThat(segmentation.members("never-bought"))
        .isEqualTo(
            oracle.whoseEvents(
                events -> oracle.count(events, "Purchase", Duration.ofDays(9999)) == 0));
  }

  private static Map<UUID, String> scores(Segmentation segmentation) {
    Map<UUID, String> scores = new TreeMap<>();
    segmentation
        .jdbc()
        .sql("select person_id, r, f, m from person where r is not null")
        .query(row -> {
          scores.put(
              row.getObject(1, UUID.class),
              row.getInt(2) + "," + row.getInt(3) + "," + row.getInt(4));
        });
    return scores;
  }
}
