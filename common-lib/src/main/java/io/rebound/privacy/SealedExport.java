package io.rebound.privacy;

import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.Sealed;
import io.rebound.sealing.Opener;
import io.rebound.sealing.Sealer;
import io.rebound.sealing.UnreadableSeal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One service's share of an access export on its way to identity: JSON, compressed, cut so that
 * each part fits into a Kafka record, and sealed. A part is bound to its service, request and
 * number; in another's place it doesn't open.
 */
public final class SealedExport {
  /** Written twice in base64 a part takes 16/9 of this, below Kafka's limit of a record. */
  static final int PART_BYTES = 500_000;

  private SealedExport() {}

  /**
   * The receipts that carry an export, at least one.
   *
   * @param identity seals to identity
   * @param at when; the same in all of them, which tells them from an earlier answer's
   */
  public static List<PrivacyReceipt> receipts(
      Sealer identity, String service, UUID requestId, Map<String, ?> export, Instant at) {
    List<Sealed> parts = seal(identity, service, requestId, export);
    return IntStream.range(0, parts.size())
        .mapToObj(part ->
            new PrivacyReceipt(
                requestId, service, at, Map.of(), Map.of(), parts.get(part), part, parts.size()))
        .toList();
  }

  private static List<Sealed> seal(
      Sealer identity, String service, UUID requestId, Map<String, ?> export) {
    byte[] all = compressed(export);
    var parts = new ArrayList<Sealed>();
    for (int from = 0; from < all.length; from += PART_BYTES) {
      byte[] part = Arrays.copyOfRange(all, from, Math.min(all.length, from + PART_BYTES));
      parts.add(identity.seal(part, place(service, requestId, parts.size())));
    }
    return parts;
  }

  /**
   * @param parts all of one answer, in their order
   * @throws UnreadableSeal if one is another's, out of its place or changed
   */
  public static JsonNode open(Opener own, String service, UUID requestId, List<Sealed> parts) {
    var all = new ByteArrayOutputStream();
    for (int part = 0; part < parts.size(); part++) {
      all.writeBytes(own.open(parts.get(part), place(service, requestId, part), byte[].class));
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(all.toByteArray()))) {
      return EventJson.MAPPER.readTree(in);
    } catch (IOException | JacksonException e) { // its text would quote what is inside
      throw new UnreadableSeal("The parts of an export don't make a document");
    }
  }

  private static EventKey place(String service, UUID requestId, int part) {
    return new EventKey(service, requestId + "/" + part);
  }

  private static byte[] compressed(Map<String, ?> export) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      EventJson.MAPPER.writeValue(out, export);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
