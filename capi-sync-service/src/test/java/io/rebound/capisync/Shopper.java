package io.rebound.capisync;

import io.rebound.events.ActionSource;
import io.rebound.events.ConsentChanged;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Consents;
import io.rebound.events.EventKey;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.KeptBack;
import io.rebound.events.MatchKeys;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import io.rebound.events.SealedFields;
import io.rebound.events.SealedWithEvent;
import io.rebound.events.SegmentMembership;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A person about whom identity and segmentation tell. Each message has a higher revision. */
public final class Shopper {
  private static final AtomicLong REVISIONS = new AtomicLong(System.currentTimeMillis() * 1000);

  /** Something that was told and can be told again. */
  public interface Told {
    void tell();
  }

  private final RunningCapiSync capiSync;
  public final UUID id = UUID.randomUUID();
  private Consents consents = new Consents(true, true, true, REVISIONS.incrementAndGet());

  public Shopper(RunningCapiSync capiSync) {
    this.capiSync = capiSync;
  }

  private static Told now(Told told) {
    told.tell();
    return told;
  }

  /** What a shop would have hashed. */
  public static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The profile says these addresses. */
  public Told goesBy(String... emails) {
    return now(toldProfile(emails));
  }

  /** Like {@link #goesBy}, but not told yet. */
  public Told toldProfile(String... emails) {
    List<SealedWithEvent> keys =
        Arrays.stream(emails)
            .map(email -> {
              var event = new EventKey("shop", "of " + email);
              var opened = new MatchKeys(Map.of("em", List.of(sha256(email))));
              return new SealedWithEvent(
                  event.source(),
                  event.eventId(),
                  Instant.now(),
                  capiSync.sealer().seal(opened, event));
            })
            .toList();
    return told(
        new Profile(
            id,
            REVISIONS.incrementAndGet(),
            Instant.now(),
            null,
            List.of(),
            List.of(),
            keys,
            null,
            consents));
  }

  private Told told(Profile profile) {
    return () -> capiSync.publish(Topics.PROFILES, id.toString(), profile);
  }

  public Told allowsAds(boolean allows) {
    return now(toldConsent(allows));
  }

  public Told toldConsent(boolean allows) {
    consents = new Consents(allows, true, true, REVISIONS.incrementAndGet());
    var changed = new ConsentChanged(id, consents, Instant.now());
    return () -> capiSync.publish(Topics.IDENTIFIED_EVENTS, id.toString(), changed);
  }

  /** Nobody has asked this person yet. */
  public Shopper neverAsked(boolean assumed) {
    consents = new Consents(assumed, assumed, assumed, 0);
    return this;
  }

  public Told joins(String segment) {
    return now(toldMembership(segment, true));
  }

  public Told leaves(String segment) {
    return now(toldMembership(segment, false));
  }

  public Told toldMembership(String segment, boolean member) {
    var membership =
        new SegmentMembership(
            id, segment, true, member, REVISIONS.incrementAndGet(), Instant.now());
    return () -> capiSync.publish(Topics.SEGMENT_MEMBERSHIPS, id.toString(), membership);
  }

  public Told isAbsorbedBy(Shopper survivor) {
    return now(toldMerge(survivor));
  }

  public Told toldMerge(Shopper survivor) {
    var merged = new PersonsMerged(id, survivor.id, REVISIONS.incrementAndGet(), Instant.now());
    var absorbed =
        new Profile(
            id,
            REVISIONS.incrementAndGet(),
            Instant.now(),
            survivor.id,
            List.of(),
            List.of(),
            List.of(),
            null,
            new Consents(false, false, false, 0));
    return () -> {
      capiSync.publish(Topics.IDENTIFIED_EVENTS, id.toString(), merged);
      capiSync.publish(Topics.IDENTIFIED_EVENTS, survivor.id.toString(), merged);
      capiSync.publish(Topics.PROFILES, id.toString(), absorbed);
    };
  }

  public Told isSplitFrom(Shopper survivor) {
    return now(toldSplit(survivor));
  }

  /** Without what identity tells of either afterwards: consents, profiles, moved events. */
  public Told toldSplit(Shopper survivor) {
    var split = new PersonSplit(id, survivor.id, REVISIONS.incrementAndGet(), Instant.now());
    return () -> {
      capiSync.publish(Topics.IDENTIFIED_EVENTS, id.toString(), split);
      capiSync.publish(Topics.IDENTIFIED_EVENTS, survivor.id.toString(), split);
    };
  }

  /** Buys something just now. */
  public Told buys(String eventId) {
    return now(toldEvent(eventId, "Purchase", Duration.ZERO, ActionSource.WEBSITE));
  }

  /** An event of that age when the door received it, which was just now. */
  public Told toldEvent(String eventId, String name, Duration age, ActionSource source) {
    Instant now = Instant.now();
    return toldEvent(eventId, name, now.minus(age), now, source);
  }

  public Told toldEvent(
      String eventId, String name, Instant at, Instant receivedAt, ActionSource source) {
    return told(
        eventId,
        name,
        at,
        receivedAt,
        source,
        Map.of("currency", "EUR", "value", 29.9),
        Map.of(),
        Map.of());
  }

  /** A purchase just now that tells Meta more; {@code sealed} of it only Meta and capi-sync see. */
  public Told toldPurchase(
      String eventId, Map<String, Object> serverFields, Map<String, JsonNode> sealed) {
    Instant now = Instant.now();
    return told(
        eventId,
        "Purchase",
        now,
        now,
        ActionSource.WEBSITE,
        Map.of("currency", "EUR", "value", 29.9),
        serverFields,
        sealed);
  }

  /** A purchase without a value: Meta refuses it. */
  public Told toldEventThatMetaRefuses(String eventId) {
    Instant now = Instant.now();
    return told(
        eventId,
        "Purchase",
        now,
        now,
        ActionSource.WEBSITE,
        Map.of("currency", "EUR"),
        Map.of(),
        Map.of());
  }

  /** A refund of just now that stays here. */
  public Told toldEventKeptBack(String eventId) {
    Instant now = Instant.now();
    Map<String, Object> data = Map.of("currency", "EUR", "value", -29.9);
    return told(
        eventId,
        "Order Refunded",
        now,
        now,
        ActionSource.WEBSITE,
        data,
        Map.of(),
        Map.of(),
        KeptBack.SOURCE);
  }

  private Told told(
      String eventId,
      String name,
      Instant at,
      Instant receivedAt,
      ActionSource source,
      Map<String, Object> customData,
      Map<String, Object> serverFields,
      Map<String, JsonNode> sealed) {
    return told(eventId, name, at, receivedAt, source, customData, serverFields, sealed, null);
  }

  private Told told(
      String eventId,
      String name,
      Instant at,
      Instant receivedAt,
      ActionSource source,
      Map<String, Object> customData,
      Map<String, Object> serverFields,
      Map<String, JsonNode> sealed,
      @Nullable KeptBack keptBack) {
    var key = new EventKey("shop", eventId);
    var event =
        new TrackedEvent(
            key.source(),
            key.eventId(),
            name,
            at,
            receivedAt,
            source,
            "https://shop.example/checkout",
            List.of(),
            ConsentStatement.none(),
            capiSync
                .sealer()
                .seal(new MatchKeys(Map.of("em", List.of(sha256("event of " + id)))), key),
            capiSync
                .sealer()
                .seal(new MatchKeys(Map.of("client_ip_address", List.of("192.0.2.7"))), key),
            null,
            customData,
            serverFields,
            sealed.isEmpty() ? null : capiSync.sealer().seal(new SealedFields(sealed), key),
            null,
            keptBack);
    var identified = new IdentifiedEvent(id, REVISIONS.incrementAndGet(), consents, event);
    return () -> capiSync.publish(Topics.IDENTIFIED_EVENTS, id.toString(), identified);
  }
}
