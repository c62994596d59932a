package io.rebound.capisync.audiences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.events.EventKey;
import io.rebound.events.MatchKeys;
import io.rebound.events.SealedWithEvent;
import io.rebound.sealing.KeyFiles;
import io.rebound.sealing.KeyRotation;
import io.rebound.sealing.Opener;
import io.rebound.sealing.Sealer;
import io.rebound.sealing.UnknownSealingKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns: EXTERN_ID, EMAIL, PHONE, FN, LN, GEN, CT, ST, ZIP, COUNTRY. */
class AudienceRowsTest {
  @TempDir private Path folder;
  private AudienceRows rows;
  private Sealer sealer;
  private final List<SealedWithEvent> envelopes = new ArrayList<>();

  @BeforeEach
  void keys() {
    KeyFiles.createMissing(folder);
    rows = new AudienceRows(Opener.fromPrivateKeyset(folder.resolve("capi-sync.private.json")));
    sealer = Sealer.fromPublicKeyset(folder.resolve("capi-sync.public.json"));
  }

  @Test
  void a_row_is_completed_from_older_events_and_the_newest_counts() {
    older(Map.of("em", List.of("e1"), "fn", List.of("ada")));
    older(Map.of("ph", List.of("p1"), "fn", List.of("a"), "ln", List.of("lovelace")));
    older(Map.of("ct", List.of("london"), "country", List.of("gb")));
    older(Map.of("zp", List.of("10115"), "country", List.of("de"))); // lived elsewhere then

    assertThat(rows.of(envelopes))
        .containsExactly(List.of("", "e1", "p1", "ada", "lovelace", "", "london", "", "", "gb"));
  }

  @Test
  void several_addresses_make_several_rows_in_whatever_order_they_were_seen() {
    older(Map.of("em", List.of("e2"), "external_id", List.of("x")));
    older(Map.of("em", List.of("e1"), "ph", List.of("p")));

    List<List<String>> expected =
        List.of(
            List.of("x", "e1", "p", "", "", "", "", "", "", ""),
            List.of("", "e2", "", "", "", "", "", "", "", ""));
    assertThat(rows.of(envelopes)).isEqualTo(expected);
    assertThat(rows.of(envelopes.reversed())).isEqualTo(expected);
  }

  @Test
  void where_nothing_opens_because_a_key_is_missing_nothing_is_claimed_to_be_known() {
    older(Map.of("em", List.of("e1")));
    new KeyRotation(folder).receiver("capi-sync");
    Sealer toTheNew = Sealer.fromPublicKeyset(folder.resolve("capi-sync.public.json"));
    var event = new EventKey("shop", "later");
    var keys = new MatchKeys(Map.of("em", List.of("e2")));
    var later =
        new SealedWithEvent(
            event.source(), event.eventId(), Instant.EPOCH, toTheNew.seal(keys, event));

    assertThatThrownBy(() -> rows.of(List.of(later))).isInstanceOf(UnknownSealingKey.class);
    assertThat(rows.of(List.of(later, envelopes.getFirst()))).hasSize(1);
  }

  private void older(Map<String, List<String>> keys) {
    var event = new EventKey("shop", "e-" + envelopes.size());
    envelopes.add(
        new SealedWithEvent(
            event.source(),
            event.eventId(),
            Instant.EPOCH.minusSeconds(envelopes.size()),
            sealer.seal(new MatchKeys(keys), event)));
  }
}
