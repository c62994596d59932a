package io.rebound.capisync;

import static io.rebound.capisync.Shopper.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.capisync.Shopper.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who Meta has in an audience in the end. */
class AudienceSyncTest {
  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final SimulatedMeta meta = capiSync.meta();
  private final String segment = "segment-" + UUID.randomUUID();
  private final String email = UUID.randomUUID() + "@shop.example";

  @AfterEach
  void nothingFails() {
    meta.faults();
  }

  @Test
  void who_joins_is_added_and_who_leaves_is_removed() {
    Shopper one = member(email);
    Shopper other = member("other-" + email);
    holds(email, "other-" + email);

    one.leaves(segment);
    holds("other-" + email);
    one.joins(segment);
    other.leaves(segment);
    holds(email);
  }

  @Test
  void the_numbers_count_persons_as_meta_was_told() {
    member(email);
    member("other-" + email).leaves(segment);
    member("refuser-" + email).allowsAds(false);
    Shopper withTwoAddresses = new Shopper(capiSync);
    withTwoAddresses.goesBy("first-" + email, "second-" + email);
    withTwoAddresses.joins(segment);

    holds(email, "first-" + email, "second-" + email);
    settled();
    JsonNode audience = capiSync.audience(segment);
    assertThat(audience.path("members").asInt()).isEqualTo(2);
    assertThat(audience.path("audience_id").asString())
        .isEqualTo(meta.audiences(segment).getFirst());
    assertThat(audience.path("last_sync").asString()).isNotBlank();
  }

  @Test
  void who_withdraws_consent_leaves_and_comes_back_with_it() {
    Shopper shopper = member(email);
    holds(email);

    shopper.allowsAds(false);
    holds();
    shopper.allowsAds(true);
    holds(email);
  }

  @Test
  void who_never_allowed_it_is_not_added() {
    Shopper silent = new Shopper(capiSync).neverAsked(false);
    silent.goesBy("silent-" + email);
    silent.joins(segment);
    Shopper stranger = new Shopper(capiSync); // no profile has come
    stranger.joins(segment);
    member(email);

    holds(email);
    settled();
    holds(email);
    stranger.goesBy("known-" + email);
    holds(email, "known-" + email);
  }

  @Test
  void a_new_address_replaces_the_old_one() {
    Shopper shopper = member(email);
    holds(email);

    shopper.goesBy("new-" + email);
    holds("new-" + email);
    shopper.goesBy("new-" + email, "newer-" + email);
    holds("new-" + email, "newer-" + email);
  }

  @Test
  void of_two_persons_who_are_one_the_survivor_stays_with_all_keys() {
    Shopper absorbed = member("absorbed-" + email);
    Shopper survivor = member(email);
    holds("absorbed-" + email, email);

    absorbed.isAbsorbedBy(survivor);
    survivor.goesBy(email, "absorbed-" + email);
    absorbed.leaves(segment);
    holds(email, "absorbed-" + email);
    settled();
    holds(email, "absorbed-" + email);
    assertThat(capiSync.audience(segment).path("members").asInt()).isEqualTo(1);

    survivor.leaves(segment);
    holds();
  }

  @Test
  void a_withdrawal_of_the_absorbed_person_is_the_survivors() {
    Shopper absorbed = member("absorbed-" + email);
    Shopper survivor = member(email);
    holds("absorbed-" + email, email);

    absorbed.allowsAds(false);
    absorbed.isAbsorbedBy(survivor);
    holds();
  }

  @Test
  void who_is_split_off_is_there_by_their_own_keys_though_these_left_with_the_others() {
    Shopper absorbed = member("absorbed-" + email);
    Shopper survivor = member(email);
    absorbed.isAbsorbedBy(survivor);
    survivor.goesBy(email, "absorbed-" + email);
    absorbed.leaves(segment);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(capiSync.audience(segment).path("members").asInt()).isEqualTo(1));
    holds(email, "absorbed-" + email);

    absorbed.isSplitFrom(survivor);
    absorbed.goesBy("absorbed-" + email);
    absorbed.joins(segment);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(capiSync.audience(segment).path("members").asInt()).isEqualTo(2));
    settled();
    survivor.goesBy(email); // Meta forgets whoever has the key that is taken away

    holds(email, "absorbed-" + email);
    settled();
    holds(email, "absorbed-" + email);
    survivor.leaves(segment);
    holds("absorbed-" + email);
  }

  @Test
  void a_withdrawal_stays_with_who_made_it_when_they_are_split_off() {
    Shopper absorbed = member("absorbed-" + email);
    Shopper survivor = member(email);
    absorbed.isAbsorbedBy(survivor);
    absorbed.allowsAds(false);
    holds();

    absorbed.isSplitFrom(survivor);

    holds(email);
    settled();
    holds(email);
  }

  @Test
  void an_audience_is_made_once_even_if_the_answer_is_lost() {
    meta.faults(
        "{\"path\":\"/customaudiences$\",\"method\":\"POST\",\"reset\":true,"
            + "\"after_effect\":true,\"times\":1}");
    member(email);

    holds(email);
    assertThat(meta.audiences(segment)).hasSize(1);
    assertThat(capiSync.audience(segment).path("audience_id").asString())
        .isEqualTo(meta.audiences(segment).getFirst());
  }

  @Test
  void trouble_delays_but_changes_nothing() {
    Shopper leaver = member("leaver-" + email);
    holds("leaver-" + email);
    meta.faults(
        "{\"path\":\"/users$\",\"status\":500,\"times\":1}",
        "{\"path\":\"/users$\",\"reset\":true,\"after_effect\":true,\"times\":1}",
        "{\"path\":\"/users$\",\"method\":\"POST\",\"status\":503,\"after_effect\":true,"
            + "\"times\":1}");
    leaver.leaves(segment);
    member(email);

    holds(email);
    settled();
    assertThat(meta.emails(segment)).containsExactly(sha256(email));
  }

  @Test
  void who_leaves_while_the_join_is_lost_is_removed() {
    Shopper shopper = new Shopper(capiSync);
    member("first-" + email);
    holds("first-" + email);
    meta.faults("{\"path\":\"/users$\",\"reset\":true,\"after_effect\":true,\"times\":1}");
    shopper.goesBy(email);
    shopper.joins(segment);
    await().until(() -> meta.struck() > 0);
    shopper.leaves(segment);

    settled();
    holds("first-" + email);
  }

  @Test
  void any_order_and_repeats_give_the_same_members() {
    String other = segment + "-shuffled";
    List<Told> inOrder = story(segment);
    List<Told> shuffled = new ArrayList<>(story(other));
    shuffled.addAll(List.copyOf(shuffled));
    Collections.shuffle(shuffled, new Random(7));
    inOrder.forEach(Told::tell);
    shuffled.forEach(Told::tell);

    holds("b2-" + email, "d-" + email, "c-" + email, "e-" + email, "g-" + email);
    settled(segment);
    settled(other);
    await().untilAsserted(() -> assertThat(meta.members(other)).isEqualTo(meta.members(segment)));
  }

  /** The same people with the same keys each time it is told, though under other ids. */
  private List<Told> story(String told) {
    Shopper leaver = new Shopper(capiSync);
    Shopper mover = new Shopper(capiSync);
    Shopper absorbed = new Shopper(capiSync);
    Shopper survivor = new Shopper(capiSync);
    Shopper apart = new Shopper(capiSync);
    Shopper refuser = new Shopper(capiSync);
    Shopper withdrawer = new Shopper(capiSync);
    Shopper back = new Shopper(capiSync);
    return Stream.of(
            leaver.toldProfile("a-" + email),
            leaver.toldMembership(told, true),
            leaver.toldMembership(told, false),
            mover.toldProfile("b-" + email),
            mover.toldMembership(told, true),
            mover.toldProfile("b2-" + email),
            absorbed.toldProfile("c-" + email),
            absorbed.toldMembership(told, true),
            survivor.toldProfile("d-" + email),
            survivor.toldMembership(told, true),
            absorbed.toldMerge(survivor),
            survivor.toldProfile("d-" + email, "c-" + email),
            absorbed.toldMembership(told, false),
            refuser.toldProfile("h-" + email),
            refuser.toldMembership(told, true),
            apart.toldMerge(refuser),
            refuser.toldProfile("h-" + email, "g-" + email),
            refuser.toldConsent(false),
            apart.toldSplit(refuser),
            apart.toldProfile("g-" + email),
            apart.toldMembership(told, true),
            refuser.toldProfile("h-" + email),
            withdrawer.toldProfile("f-" + email),
            withdrawer.toldMembership(told, true),
            withdrawer.toldConsent(false),
            back.toldProfile("e-" + email),
            back.toldMembership(told, true),
            back.toldMembership(told, false),
            back.toldMembership(told, true))
        .toList();
  }

  private Shopper member(String address) {
    Shopper shopper = new Shopper(capiSync);
    shopper.goesBy(address);
    shopper.joins(segment);
    return shopper;
  }

  private void holds(String... emails) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(meta.emails(segment))
                .as(() -> capiSync.audience(segment).toString())
                .containsExactlyInAnyOrder(
                    Stream.of(emails).map(Shopper::sha256).toArray(String[]::new)));
  }

  private void settled() {
    settled(segment);
  }

  /** Nothing is left to be told, and nothing went wrong last. */
  private void settled(String name) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          JsonNode audience = capiSync.audience(name);
          assertThat(audience.path("pending").asInt(-1)).as(audience.toString()).isZero();
          assertThat(audience.path("last_failure").isMissingNode()).isTrue();
        });
  }
}
