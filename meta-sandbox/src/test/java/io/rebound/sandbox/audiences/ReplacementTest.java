package io.rebound.sandbox.audiences;

import static io.rebound.sandbox.audiences.AudiencesCaller.hashes;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplacementTest {
  private static final String LAST = ",\"last_batch_flag\":true";

  private final AudiencesCaller meta = new AudiencesCaller(Sandboxes.fresh());

  @Test
  void the_last_batch_puts_the_new_people_in_place_of_all_others() {
    String id = meta.createWith("a", "b");

    meta.replace(id, 7, 1, "", "b");
    assertThat(meta.status(id)).isEqualTo(414);
    assertThat(meta.members(id)).containsExactlyInAnyOrder(hashes("a", "b"));
    Reply last = meta.replace(id, 7, 2, LAST, "c");

    assertThat(last.json().path("num_received").asInt()).isEqualTo(2);
    assertThat(last.json().path("session_id").asString()).isEqualTo("7");
    assertThat(meta.members(id)).containsExactlyInAnyOrder(hashes("b", "c"));
    assertThat(meta.status(id)).isEqualTo(200);
  }

  @Test
  void nobody_comes_or_goes_while_a_replacement_runs() {
    String id = meta.createWith("a");
    meta.replace(id, 7, 1, "", "b");

    assertRefused(meta.add(id, "c"), 1870145);
    assertRefused(meta.remove(id, "a"), 1870145);
    assertRefused(meta.replace(id, 8, 1, "", "d"), 1870145);
    assertRefused(meta.replace(id, 7, 1, "", "d"), 1870145);
    assertThat(meta.members(id)).containsExactly(hashes("a"));
  }

  @Test
  void a_replacement_begins_with_batch_one_and_ends_with_the_last() {
    String id = meta.createWith("a");
    assertRefused(meta.replace(id, 7, 2, "", "b"), 1870147);

    meta.replace(id, 7, 1, LAST, "b");

    assertRefused(meta.replace(id, 7, 2, "", "c"), 1870159);
    assertThat(meta.members(id)).containsExactly(hashes("b"));
    assertThat(meta.add(id, "c").status()).isEqualTo(200);
  }

  @Test
  void later_batches_may_skip_numbers_and_come_twice() {
    String id = meta.createWith("a");
    meta.replace(id, 7, 1, "", "b");
    meta.replace(id, 7, 5, "", "c");

    assertThat(meta.replace(id, 7, 5, LAST, "c").status()).isEqualTo(200);
    assertThat(meta.members(id)).containsExactlyInAnyOrder(hashes("b", "c"));
  }

  @Test
  void after_ninety_minutes_what_arrived_takes_the_place_of_everybody() {
    String id = meta.createWith("a");
    meta.replace(id, 7, 1, "", "b");

    meta.clockMovesTo(Duration.ofMinutes(91));

    assertThat(meta.members(id)).containsExactly(hashes("b"));
    assertThat(meta.status(id)).isEqualTo(200);
    assertRefused(meta.replace(id, 7, 2, LAST, "c"), 1870158);
  }

  @Test
  void a_replacement_that_ends_with_less_than_announced_has_failed() {
    String id = meta.createWith("a");
    meta.replace(id, 7, 1, ",\"estimated_num_total\":5", "b");

    meta.clockMovesTo(Duration.ofMinutes(91));
    assertThat(meta.status(id)).isEqualTo(415);

    meta.replace(id, 8, 1, LAST, "a", "b");
    assertThat(meta.status(id)).isEqualTo(200);
  }

  @Test
  void all_batches_have_the_same_columns() {
    String id = meta.createWith("a");
    meta.replace(id, 7, 1, "", "b");

    Reply other =
        meta.meta()
            .post(
                "/v26.0/" + id + "/usersreplace",
                "{\"session\":{\"session_id\":7,\"batch_seq\":2},"
                    + "\"payload\":{\"schema\":[\"PHONE\"],\"data\":[[\"\"]]}}");

    assertThat(other.error().path("code").asInt()).isEqualTo(100);
  }

  @Test
  void a_replacement_needs_a_session_and_an_audience_in_order() {
    String id = meta.create();
    assertThat(meta.replace(id, 7, 1, LAST, "a").error().path("code").asInt()).isEqualTo(2650);
    meta.add(id, "a");

    assertThat(meta.replace(id, 7, 0, "", "b").error().path("code").asInt()).isEqualTo(100);
    assertThat(meta.replace(id, 7, 1, LAST, "b").status()).isEqualTo(200);
  }

  private static void assertRefused(Reply reply, int subcode) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("code").asInt()).isEqualTo(2650);
    assertThat(reply.error().path("error_subcode").asInt()).isEqualTo(subcode);
  }
}
