package io.rebound.segmentation.segments;

import static io.rebound.segmentation.Events.ASSUMED;
import static io.rebound.segmentation.Events.bought;
import static io.rebound.segmentation.Events.did;
import static io.rebound.segmentation.Events.merged;
import static io.rebound.segmentation.Events.moved;
import static io.rebound.segmentation.Events.person;
import static io.rebound.segmentation.Events.split;
import static io.rebound.segmentation.Events.stated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rebound.events.EventJson;
import io.rebound.events.SegmentMembership;
import io.rebound.problems.InvalidRequest;
import io.rebound.segmentation.Segmentation;
import io.rebound.segmentation.TestSegments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What makes persons come into segments and go, one reason a test. */
class MembershipsTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  // in the order of their ids: who survives is the smaller one
  private static final UUID ANNA = person("Anna");
  private static final UUID DORA = person("Dora");
  private static final UUID BERT = person("Bert");
  private static final UUID CARL = person("Carl");

  private Segmentation segmentation;

  @BeforeEach
  void start() {
    segmentation = new Segmentation(NOW);
    TestSegments.put(segmentation, "carts", TestSegments.CARTS);
    segmentation.settle();
  }

  @AfterEach
  void stop() {
    segmentation.close();
  }

  @Test
  void an_event_brings_in_and_another_takes_out() {
    segmentation.consume(did(ANNA, "AddToCart", "a", NOW.minusSeconds(60)));
    assertThat(segmentation.members("carts")).containsExactly(ANNA);
    segmentation.consume(bought(ANNA, "1", "9.99", NOW.minusSeconds(30)));
    assertThat(segmentation.members("carts")).isEmpty();
    assertThat(segmentation.messages())
        .extracting(SegmentMembership::member)
        .containsExactly(true, false);
  }

  @Test
  void nothing_is_said_twice() {
    for (int i = 0; i < 5; i++) {
      segmentation.consume(did(ANNA, "AddToCart", "a" + i, NOW.minusSeconds(60)));
      segmentation.settle();
    }
    assertThat(segmentation.messages()).hasSize(1);
  }

  @Test
  void time_alone_takes_out() {
    segmentation.consume(did(ANNA, "AddToCart", "a", NOW.minus(Duration.ofHours(23))));
    segmentation.settleAt(NOW.plus(Duration.ofMinutes(59)));
    assertThat(segmentation.members("carts")).containsExactly(ANNA);
    segmentation.settleAt(NOW.plus(Duration.ofMinutes(60)));
    assertThat(segmentation.members("carts")).isEmpty();
  }

  @Test
  void an_old_event_that_comes_late_brings_nobody_in() {
    segmentation.consume(did(ANNA, "AddToCart", "a", NOW.minus(Duration.ofHours(25))));
    assertThat(segmentation.messages()).isEmpty();
  }

  @Test
  void a_withdrawal_takes_out_and_an_old_yes_doesnt_bring_back() {
    segmentation.consume(did(ANNA, "AddToCart", "a", NOW.minusSeconds(60)));
    segmentation.consume(bought(BERT, "1", "5.00", NOW.minusSeconds(60)));
    segmentation.consume(stated(ANNA, false, 7), stated(BERT, false, 7));
    assertThat(segmentation.members("carts")).isEmpty();
    segmentation.consume(stated(ANNA, true, 6));
    segmentation.consume(did(ANNA, "AddToCart", "b", NOW.minusSeconds(10)));
    assertThat(segmentation.members("carts")).isEmpty();
    assertThat(customers()).isZero();
    segmentation.consume(stated(ANNA, true, 8), stated(BERT, true, 8));
    assertThat(segmentation.members("carts")).containsExactly(ANNA);
    assertThat(customers()).isEqualTo(1);
  }

  @Test
  void the_absorbed_leave_and_the_survivor_is_judged_by_both_pasts() {
    segmentation.consume(did(BERT, "AddToCart", "a", NOW.minusSeconds(60)));
    segmentation.consume(merged(BERT, ANNA));
    assertThat(segmentation.members("carts")).containsExactly(ANNA);
    segmentation.consume(bought(BERT, "1", "5.00", NOW.minusSeconds(5))); // late, by the old id
    assertThat(segmentation.members("carts")).isEmpty();
  }

  @Test
  void chains_of_merges_end_at_the_same_survivor_in_any_order() {
    segmentation.consume(did(CARL, "AddToCart", "a", NOW.minusSeconds(60)));
    segmentation.consume(merged(BERT, DORA));
    segmentation.consume(merged(CARL, BERT));
    assertThat(segmentation.members("carts")).containsExactly(DORA);
    segmentation.consume(merged(DORA, ANNA));
    assertThat(segmentation.members("carts")).containsExactly(ANNA);
  }

  @Test
  void who_is_split_off_takes_what_they_did_and_whoever_they_had_absorbed_with_them() {
    segmentation.consume(merged(CARL, BERT), merged(BERT, ANNA));
    segmentation.consume(did(CARL, "AddToCart", "a", NOW.minusSeconds(60)));
    segmentation.consume(bought(ANNA, "1", "5.00", NOW.minusSeconds(5)));
    assertThat(segmentation.members("carts")).isEmpty();

    segmentation.consume(split(BERT, ANNA, 2));

    assertThat(segmentation.members("carts")).containsExactly(BERT);
    assertThat(customers()).isEqualTo(1);
  }

  @Test
  void a_split_that_came_before_its_merge_undoes_it_and_a_later_merge_holds() {
    segmentation.consume(did(BERT, "AddToCart", "a", NOW.minusSeconds(60)));
    segmentation.consume(split(BERT, ANNA, 2));
    segmentation.consume(merged(BERT, ANNA, 1));
    assertThat(segmentation.members("carts")).containsExactly(BERT);
    segmentation.consume(merged(BERT, ANNA, 3));
    assertThat(segmentation.members("carts")).containsExactly(ANNA);
  }

  @Test
  void events_told_of_the_survivor_follow_a_split_when_they_are_moved() {
    segmentation.consume(merged(BERT, ANNA));
    segmentation.consume(did(ANNA, "AddToCart", "a", NOW.minusSeconds(60)));
    segmentation.consume(moved("a", ANNA, BERT, 2)); // before the split: they are still one
    assertThat(segmentation.members("carts")).containsExactly(ANNA);
    segmentation.consume(split(BERT, ANNA, 2));
    assertThat(segmentation.members("carts")).containsExactly(BERT);
  }

  @Test
  void a_no_stays_with_who_said_it_when_a_merge_is_undone() {
    segmentation.consume(
        did(ANNA, "AddToCart", "a", NOW.minusSeconds(60)),
        did(BERT, "AddToCart", "b", NOW.minusSeconds(60)));
    segmentation.consume(stated(ANNA, true, 5), stated(BERT, false, 6));
    segmentation.consume(merged(BERT, ANNA));
    assertThat(segmentation.members("carts")).isEmpty();

    segmentation.consume(split(BERT, ANNA, 2));

    assertThat(segmentation.members("carts")).containsExactly(ANNA);
  }

  @Test
  void an_alias_of_a_larger_id_is_refused() {
    assertThatThrownBy(() -> segmentation.consume(merged(ANNA, BERT)))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void a_move_before_its_event_decides_all_the_same() {
    segmentation.consume(moved("a", ANNA, BERT, 2));
    segmentation.consume(did(ANNA, "AddToCart", "a", NOW.minusSeconds(60)));
    assertThat(segmentation.members("carts")).containsExactly(BERT);
  }

  @Test
  void a_new_definition_is_judged_for_everybody_and_a_deleted_one_is_left_by_all() {
    segmentation.consume(
        did(ANNA, "Search", "a", NOW.minusSeconds(60)),
        did(BERT, "Search", "b", NOW.minusSeconds(60)));
    TestSegments.put(segmentation, "searchers", "{\"when\": {\"event\": \"Search\"}}");
    segmentation.settle();
    assertThat(segmentation.members("searchers")).containsExactlyInAnyOrder(ANNA, BERT);
    segmentation.delete("searchers");
    segmentation.settle();
    assertThat(segmentation.members("searchers")).isEmpty();
    TestSegments.put(segmentation, "searchers", "{\"when\": {\"event\": \"Search\"}}");
    segmentation.settle();
    assertThat(segmentation.members("searchers")).containsExactlyInAnyOrder(ANNA, BERT);
  }

  @Test
  void a_segment_that_becomes_an_audience_is_told_again() {
    segmentation.consume(did(ANNA, "AddToCart", "a", NOW.minusSeconds(60)));
    TestSegments.put(
        segmentation,
        "carts",
        TestSegments.CARTS.replace("\"audience\": true", "\"audience\": false"));
    segmentation.settle();
    assertThat(segmentation.messages())
        .extracting(SegmentMembership::audience)
        .containsExactly(true, false);
  }

  @Test
  void a_segment_others_refer_to_stays() {
    TestSegments.put(segmentation, "no-cart", "{\"when\": {\"not\": {\"segment\": \"carts\"}}}");
    InvalidRequest refusal =
        catchThrowableOfType(InvalidRequest.class, () -> segmentation.delete("carts"));
    assertThat(refusal.reason()).isEqualTo("is referred to by the segment no-cart");
    InvalidRequest circle =
        catchThrowableOfType(
            InvalidRequest.class,
            () ->
                segmentation.put(
                    "carts", EventJson.MAPPER.readTree("{\"when\": {\"segment\": \"no-cart\"}}")));
    assertThat(circle.reason()).isEqualTo("refers to itself by way of other segments");
  }

  @Test
  void after_a_restore_everything_is_told_again() {
    segmentation.consume(did(ANNA, "AddToCart", "a", NOW.minusSeconds(60)));
    segmentation.consume(did(BERT, "Search", "b", NOW.minusSeconds(60)));
    int before = segmentation.messages().size();
    segmentation.consume(List.of(did(person("Carl"), "Search", "c", NOW)), true);
    segmentation.settle();
    List<SegmentMembership> again =
        segmentation.messages().subList(before, segmentation.messages().size());
    assertThat(again)
        .filteredOn(told -> told.personId().equals(ANNA))
        .extracting(SegmentMembership::member)
        .containsExactly(true);
    assertThat(again)
        .filteredOn(told -> told.personId().equals(BERT))
        .extracting(SegmentMembership::member)
        .containsExactly(false);
  }

  @Test
  void an_order_told_by_two_events_counts_once() {
    segmentation.consume(
        did(
            ANNA,
            1,
            ASSUMED,
            "Purchase",
            "pixel-1",
            NOW.minusSeconds(9),
            Map.of("order_id", "1", "value", 5)),
        bought(ANNA, "1", "5.00", NOW.minusSeconds(8)));
    assertThat(
            segmentation
                .jdbc()
                .sql("select orders || ' ' || spent from person")
                .query(String.class)
                .list())
        .containsExactly("1 5.00");
  }

  private long customers() {
    return segmentation
        .jdbc()
        .sql("select count(*) from person where orders > 0")
        .query(Long.class)
        .single();
  }
}
