package io.rebound.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.consumption.Batch;
import io.rebound.consumption.Outgoing;
import io.rebound.consumption.PackedMessages;
import io.rebound.events.EventJson;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.PrivacyRequested;
import io.rebound.events.PrivacyType;
import io.rebound.events.Sealed;
import io.rebound.sealing.KeyFiles;
import io.rebound.sealing.Opener;
import io.rebound.sealing.Sealer;
import io.rebound.sealing.UnreadableSeal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerPrivacyOrdersTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final UUID REQUEST = UUID.fromString("11111111-2222-5333-8444-555555555555");

  @TempDir Path folder;
  private Opener identity;
  private Sealer toIdentity;

  @BeforeEach
  void makeKeys() {
    KeyFiles.createMissing(folder);
    identity = Opener.fromPrivateKeyset(folder.resolve("identity.private.json"));
    toIdentity = Sealer.fromPublicKeyset(folder.resolve("identity.public.json"));
  }

  /** A service that holds this, and whose erasures end as said. */
  private record Held(Map<String, Object> export, Optional<Erased> erased) implements PersonalData {
    @Override
    public Optional<Erased> erase(PrivacyOrder order) {
      return erased;
    }

    @Override
    public Map<String, Object> export(PrivacyOrder order) {
      return export;
    }
  }

  private List<PrivacyReceipt> answers(PersonalData data, PrivacyType type) {
    var handler =
        new AnswerPrivacyOrders("whatsapp", data, toIdentity, Clock.fixed(NOW, ZoneOffset.UTC));
    var order = new PrivacyOrder(REQUEST, type, List.of(), List.of(), NOW.minusSeconds(5));
    var request = new PrivacyRequested(REQUEST, type, List.of(), NOW.minusSeconds(9));
    Outgoing outgoing = handler.handle(new Batch<>(List.of(request, order), NOW, false));
    PackedMessages.pack(outgoing); // refuses what Kafka wouldn't take
    return outgoing.entries().stream()
        .peek(entry -> assertThat(entry.key()).isEqualTo(REQUEST.toString()))
        .map(entry -> (PrivacyReceipt) entry.value())
        .toList();
  }

  @Test
  void an_export_comes_to_identity_as_the_service_gave_it_and_nobody_reads_it_on_the_way() {
    Map<String, Object> export = Map.of("conversations", List.of(Map.of("said", "grüß dich, Ada")));

    List<PrivacyReceipt> receipts = answers(new Held(export, Optional.empty()), PrivacyType.ACCESS);

    assertThat(receipts).hasSize(1);
    assertThat(EventJson.MAPPER.writeValueAsString(receipts)).doesNotContain("Ada");
    assertThat(SealedExport.open(identity, "whatsapp", REQUEST, List.of(sealed(receipts.get(0)))))
        .isEqualTo(EventJson.MAPPER.valueToTree(export));
  }

  @Test
  void a_large_export_travels_in_parts_that_fit_into_records() {
    var random = new Random(7); // nothing that compresses
    List<Long> numbers = random.longs(300_000).boxed().toList();

    List<PrivacyReceipt> receipts =
        answers(new Held(Map.of("numbers", numbers), Optional.empty()), PrivacyType.ACCESS);

    assertThat(receipts).hasSizeGreaterThan(3);
    assertThat(receipts.stream().map(PrivacyReceipt::part))
        .isEqualTo(IntStream.range(0, receipts.size()).boxed().toList());
    assertThat(receipts)
        .allSatisfy(receipt -> {
          assertThat(receipt.parts()).isEqualTo(receipts.size());
          assertThat(receipt.at()).isEqualTo(NOW);
        });
    List<Sealed> parts = receipts.stream().map(AnswerPrivacyOrdersTest::sealed).toList();
    assertThat(SealedExport.open(identity, "whatsapp", REQUEST, parts).get("numbers"))
        .isEqualTo(EventJson.MAPPER.valueToTree(numbers));
    assertThatThrownBy(() -> SealedExport.open(identity, "whatsapp", REQUEST, parts.reversed()))
        .isInstanceOf(UnreadableSeal.class);
    assertThatThrownBy(() -> SealedExport.open(identity, "whatsapp", REQUEST, parts.subList(0, 2)))
        .isInstanceOf(UnreadableSeal.class)
        .hasNoCause();
  }

  @Test
  void a_part_opens_for_its_service_and_request_only() {
    List<PrivacyReceipt> receipts =
        answers(new Held(Map.of("a", 1), Optional.empty()), PrivacyType.ACCESS);
    List<Sealed> parts = List.of(sealed(receipts.get(0)));

    assertThatThrownBy(() -> SealedExport.open(identity, "capi-sync", REQUEST, parts))
        .isInstanceOf(UnreadableSeal.class);
    assertThatThrownBy(() ->
            SealedExport.open(identity, "whatsapp", UUID.nameUUIDFromBytes(new byte[1]), parts))
        .isInstanceOf(UnreadableSeal.class);
  }

  @Test
  void an_erasure_is_answered_by_what_it_came_to() {
    var erased =
        new Erased(Map.of("conversions", 12L), Map.of("topic events", NOW.plusSeconds(60)));

    List<PrivacyReceipt> receipts =
        answers(new Held(Map.of(), Optional.of(erased)), PrivacyType.ERASURE);

    assertThat(receipts)
        .containsExactly(
            new PrivacyReceipt(
                REQUEST, "whatsapp", NOW, erased.counts(), erased.agesOut(), null, 0, 1));
  }

  @Test
  void an_erasure_that_waits_for_somebody_outside_is_not_answered_yet() {
    assertThat(answers(new Held(Map.of(), Optional.empty()), PrivacyType.ERASURE)).isEmpty();
  }

  private static Sealed sealed(PrivacyReceipt receipt) {
    Sealed export = receipt.export();
    if (export == null) {
      throw new AssertionError("no export in it");
    }
    return export;
  }
}
