package io.rebound.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.events.Consents;
import io.rebound.events.Profile;
import io.rebound.events.Topics;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What a handler wants gone from a compacted topic. */
class TombstonesTest {
  private static final UUID ANNA = UUID.fromString("11111111-2222-8333-8444-555555555555");

  @Test
  void a_tombstone_goes_out_behind_the_messages_and_has_no_value() {
    var outgoing = new Outgoing();
    outgoing.forget(Topics.PROFILES, ANNA);
    outgoing.send(
        Topics.PROFILES,
        ANNA,
        new Profile(
            ANNA,
            1,
            Instant.EPOCH,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            new Consents(false, false, false, 0)));
    var all = new Outgoing();
    all.addAll(outgoing);
    assertThat(all.isEmpty()).isFalse();

    List<ProducerRecord<String, byte[]>> records =
        PackedMessages.unpack("identity", PackedMessages.pack(all));

    assertThat(records).hasSize(2);
    assertThat(records.getFirst().value()).isNotNull();
    ProducerRecord<String, byte[]> tombstone = records.getLast();
    assertThat(tombstone.topic()).isEqualTo("profiles");
    assertThat(tombstone.key()).isEqualTo(ANNA.toString());
    assertThat(tombstone.value()).isNull();
  }

  @Test
  void a_tombstone_alone_is_something_to_send() {
    var outgoing = new Outgoing();
    outgoing.forget(Topics.PROFILES, ANNA);

    assertThat(outgoing.isEmpty()).isFalse();
  }

  @Test
  void a_topic_kept_by_time_takes_none() {
    assertThatThrownBy(() -> new Outgoing().forget(Topics.IDENTIFIED_EVENTS, ANNA))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
