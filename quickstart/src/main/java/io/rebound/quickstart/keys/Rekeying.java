package io.rebound.quickstart.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.Contact;
import io.rebound.events.EventJson;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.MatchKeys;
import io.rebound.events.SealedWithEvent;
import io.rebound.identity.rekeying.RekeyedEnvelope;
import io.rebound.identity.rekeying.SealedPerson;
import io.rebound.identity.rekeying.SealedPerson.Kept;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import io.rebound.sealing.UnreadableSeal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Derives new pseudonyms from what is sealed, and seals it anew: the one place where the pepper and
 * a receiver's private key are together, in an operator's hands and for as long as it takes.
 *
 * <p>Envelope by envelope, each with the identifiers that its own event named and none other, so
 * that a person who is split later has nothing of the other's. An identifier gets a new pseudonym
 * only where its old one is known: nothing becomes an identifier that wasn't one.
 */
final class Rekeying {
  private static final List<IdentifierType> STRONG =
      Arrays.stream(IdentifierType.values()).filter(IdentifierType::strong).toList();

  private final Pseudonyms pseudonyms;
  private final Receiver capiSync;
  private final @Nullable Receiver whatsapp;
  private long unreadable;
  private long leftBehind;

  /**
   * @param whatsapp null if contacts stay as they are
   */
  Rekeying(Pseudonyms pseudonyms, Receiver capiSync, @Nullable Receiver whatsapp) {
    this.pseudonyms = pseudonyms;
    this.capiSync = capiSync;
    this.whatsapp = whatsapp;
  }

  /** Envelopes that no key here opens. */
  long unreadable() {
    return unreadable;
  }

  /** Identifiers that nothing sealed tells the new pseudonym of. */
  long leftBehind() {
    return leftBehind;
  }

  /** What is to be told of a person; nothing if all is as it should be. */
  List<RekeyedEnvelope> of(SealedPerson person) {
    var rekeyed = new ArrayList<RekeyedEnvelope>();
    Set<Identifier> told = new HashSet<>();
    for (Kept kept : person.kept()) {
      try {
        RekeyedEnvelope one = of(person, kept, told);
        if (one != null) {
          rekeyed.add(one);
        }
      } catch (UnreadableSeal e) {
        unreadable++;
      }
    }
    leftBehind +=
        person.identifiers().stream()
            .filter(identifier -> !told.contains(identifier))
            .filter(identifier -> !pseudonyms.isPrimary(identifier.pseudonym()))
            .count();
    return rekeyed;
  }

  private @Nullable RekeyedEnvelope of(SealedPerson person, Kept kept, Set<Identifier> told) {
    boolean contact = kept.matchKeys() == null;
    SealedWithEvent sealed = Objects.requireNonNull(contact ? kept.contact() : kept.matchKeys());
    Receiver receiver = contact ? whatsapp : capiSync;
    if (receiver == null) {
      return null;
    }
    byte[] opened = receiver.opener().opened(sealed.sealed(), sealed.key());
    Set<Identifier> known = new HashSet<>(person.identifiers());
    var identifiers = new ArrayList<>(kept.identifiers());
    hashes(opened, contact)
        .flatMap(hash -> STRONG.stream().flatMap(type -> added(type, hash, person, kept, told)))
        .filter(identifier -> !known.contains(identifier))
        .distinct()
        .forEach(identifiers::add);
    boolean complete = identifiers.size() == kept.identifiers().size();
    if (complete && receiver.isCurrent(sealed.sealed())) {
      return null;
    }
    identifiers.sort(Comparator.comparing(Identifier::type).thenComparing(Identifier::pseudonym));
    String eventId = eventId(sealed, identifiers, receiver);
    // of two envelopes of a day identity keeps the longer
    byte[] longer = Arrays.copyOf(opened, opened.length + 1);
    longer[opened.length] = ' ';
    var anew = receiver.sealer().sealJson(longer, RekeyedEnvelope.event(eventId));
    return new RekeyedEnvelope(
        eventId,
        person.personId(),
        person.readAt(),
        identifiers,
        contact ? null : anew,
        contact ? anew : null);
  }

  /** The hashes in it that identifiers may derive from. */
  private static Stream<String> hashes(byte[] opened, boolean contact) {
    if (contact) {
      String phone = EventJson.MAPPER.readValue(opened, Contact.class).phone();
      return IdentifierHashes.of(IdentifierType.PHONE, phone, Locality.unknown()).stream();
    }
    MatchKeys keys = EventJson.MAPPER.readValue(opened, MatchKeys.class);
    return Stream.of("em", "ph", "external_id")
        .flatMap(name -> keys.values().getOrDefault(name, List.of()).stream())
        .flatMap(hash ->
            IdentifierHashes.of(IdentifierType.EXTERNAL_ID, hash, Locality.unknown()).stream());
  }

  private Stream<Identifier> added(
      IdentifierType type, String hash, SealedPerson person, Kept kept, Set<Identifier> told) {
    List<Identifier> known =
        pseudonyms.ever(type, hash).stream()
            .map(pseudonym -> new Identifier(type, pseudonym))
            .filter(kept.identifiers()::contains)
            .toList();
    told.addAll(known);
    return known.isEmpty()
        ? Stream.empty()
        : pseudonyms.at(person.readAt(), type, hash).stream()
            .map(pseudonym -> new Identifier(type, pseudonym));
  }

  private static String eventId(
      SealedWithEvent sealed, List<Identifier> identifiers, Receiver receiver) {
    String work = sealed.key() + "|" + receiver.opener().primaryKey() + "|" + identifiers;
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(work.getBytes(UTF_8));
      return "rekey-" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
