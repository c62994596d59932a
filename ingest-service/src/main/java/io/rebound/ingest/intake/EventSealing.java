package io.rebound.ingest.intake;

import io.rebound.events.ConsentStatement;
import io.rebound.events.EventKey;
import io.rebound.events.Identifier;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.sources.Source;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.pseudonyms.Pseudonyms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Turns what a door understood into what may leave ingest: identifiers become pseudonyms, match
 * keys and contact are hashed and sealed, the rest is cleaned. After this nobody but the receivers'
 * keys brings a person back.
 */
@Component
final class EventSealing {
  // the enum goes from strong to weak
  private static final Comparator<Identifier> STRONGEST_FIRST =
      Comparator.comparing(Identifier::type);
  private static final int LONGEST_ID = 100;
  private static final int MOST_IDENTIFIERS = 50;

  private final Pseudonyms pseudonyms;
  private final Envelopes envelopes;
  private final ClearData clearData;
  private final RoleMailboxes roleMailboxes;

  EventSealing(
      Pseudonyms pseudonyms,
      Envelopes envelopes,
      ClearData clearData,
      RoleMailboxes roleMailboxes) {
    this.roleMailboxes = roleMailboxes;
    this.pseudonyms = pseudonyms;
    this.envelopes = envelopes;
    this.clearData = clearData;
  }

  TrackedEvent seal(RawEvent raw, Source source, Instant receivedAt) {
    validate(raw);
    var key = new EventKey(source.id(), raw.eventId());
    var hashes = new EventHashes(raw.locality());
    return new TrackedEvent(
        source.id(),
        raw.eventId(),
        raw.name(),
        raw.at(),
        receivedAt,
        raw.actionSource(),
        PageUrl.clean(raw.pageUrl(), source.allowedQueryParameters()),
        identifiers(raw, hashes),
        new ConsentStatement(
            raw.consent(), source.consentDefault(), raw.consentForm(), raw.consentProof()),
        envelopes.matchKeys(raw.person().hashed(hashes), key),
        envelopes.matchKeys(requestKeys(raw, source).hashed(hashes), key),
        envelopes.contact(raw, key),
        clearData.of(raw, source),
        clearData.serverFields(raw, source),
        envelopes.fields(raw.serverFields().sealed(), key),
        raw.claimedAt(),
        raw.keptBack());
  }

  private static RawKeys requestKeys(RawEvent raw, Source source) {
    boolean assumed = source.consentDefault().getOrDefault(Purpose.ADS, false);
    boolean adsAllowed = raw.consent().getOrDefault(Purpose.ADS, assumed);
    return raw.request().without(source.privacy().dropped(adsAllowed));
  }

  // The id and the name travel in clear and reach Meta unchanged, so they can't be masked.
  private static void validate(RawEvent raw) {
    if (raw.eventId().length() > LONGEST_ID) {
      throw new InvalidEvent("messageId", "must have at most 100 characters");
    }
    if (ContactScan.hasAddress(raw.eventId())) {
      throw new InvalidEvent("messageId", "must not contain an e-mail address");
    }
    if (raw.name().length() > LONGEST_ID) {
      throw new InvalidEvent("event", "must have at most 100 characters");
    }
    if (ContactScan.hasAddress(raw.name())) {
      throw new InvalidEvent("event", "must not contain an e-mail address");
    }
  }

  private List<Identifier> identifiers(RawEvent raw, EventHashes hashes) {
    var identifiers = new ArrayList<Identifier>();
    List<RawIdentifier> given = raw.identifiers();
    for (RawIdentifier one : given.subList(0, Math.min(MOST_IDENTIFIERS, given.size()))) {
      for (String hash : IdentifierHashes.of(one.type(), one.value(), raw.locality(), hashes)) {
        for (String pseudonym : pseudonyms.at(raw.at(), one.type(), hash)) {
          var identifier = new Identifier(one.type(), pseudonym, roleMailboxes.isRole(one));
          if (!identifiers.contains(identifier)) {
            identifiers.add(identifier);
          }
        }
      }
    }
    identifiers.sort(STRONGEST_FIRST);
    if (identifiers.isEmpty()) {
      throw new InvalidEvent(
          "userId", "or anonymousId, or another usable identifier, must be given");
    }
    return identifiers;
  }
}
