package io.rebound.ingest.tracking;

import static io.rebound.matchkeys.MatchKey.COUNTRY;
import static io.rebound.matchkeys.MatchKey.CT;
import static io.rebound.matchkeys.MatchKey.DB;
import static io.rebound.matchkeys.MatchKey.EM;
import static io.rebound.matchkeys.MatchKey.EXTERNAL_ID;
import static io.rebound.matchkeys.MatchKey.FN;
import static io.rebound.matchkeys.MatchKey.GE;
import static io.rebound.matchkeys.MatchKey.LN;
import static io.rebound.matchkeys.MatchKey.PH;
import static io.rebound.matchkeys.MatchKey.ST;
import static io.rebound.matchkeys.MatchKey.ZP;

import io.rebound.events.IdentifierType;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.RawContact;
import io.rebound.ingest.intake.RawIdentifier;
import io.rebound.ingest.intake.RawKeys;
import io.rebound.ingest.sources.Source;
import io.rebound.matchkeys.Locality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a message is about: ids, traits, and whatever else names the person. Traits are looked for in
 * {@code traits}, then {@code context.traits}, then (e-mail and phone) {@code properties}, in camel
 * and snake case.
 *
 * @param country as it was sent
 */
record SegmentPerson(
    Fields message,
    Fields context,
    SegmentTraits traits,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String firstName,
    @Nullable String country) {
  private static final List<String> ADVERTISING_ID =
      List.of("advertisingId", "advertising_id", "idfa");
  private static final List<String> EXTERNAL_IDS = List.of("externalIds", "externalId");

  static SegmentPerson of(MessageType type, Fields message, Fields context, Fields properties) {
    SegmentTraits traits = SegmentTraits.of(type, message, context);
    String email = traits.text(Trait.EMAIL);
    String phone = traits.text(Trait.PHONE);
    return new SegmentPerson(
        message,
        context,
        traits,
        email == null ? properties.text("email") : email,
        phone == null ? properties.text("phone") : phone,
        traits.text(Trait.FIRST_NAME),
        traits.ofAddress(Trait.COUNTRY));
  }

  List<RawIdentifier> identifiers(MessageType type) {
    var found = new ArrayList<RawIdentifier>();
    add(found, IdentifierType.EXTERNAL_ID, message.requiredId("userId"));
    add(found, IdentifierType.ANONYMOUS_ID, message.requiredId("anonymousId"));
    if (type == MessageType.ALIAS) {
      // nobody says whether the old id was an account or a cookie: whichever it wasn't, nobody has
      String previous = message.requiredId("previousId");
      add(found, IdentifierType.EXTERNAL_ID, previous);
      add(found, IdentifierType.ANONYMOUS_ID, previous);
    }
    add(found, IdentifierType.EMAIL, email());
    add(found, IdentifierType.PHONE, phone());
    add(found, IdentifierType.LOYALTY_CARD, traits.text(Trait.LOYALTY_CARD));
    add(found, IdentifierType.MADID, advertisingId());
    for (String list : EXTERNAL_IDS) {
      context.objects(list).forEach(id -> addExternal(found, id));
    }
    return found;
  }

  RawKeys keys() {
    return new RawKeys()
        .add(EM, email())
        .add(PH, phone())
        .add(FN, firstName())
        .add(LN, traits.text(Trait.LAST_NAME))
        .add(DB, traits.text(Trait.BIRTHDAY))
        .add(GE, traits.text(Trait.GENDER))
        .add(CT, traits.ofAddress(Trait.CITY))
        .add(ST, traits.ofAddress(Trait.STATE))
        .add(ZP, traits.ofAddress(Trait.POSTCODE))
        .add(COUNTRY, country())
        .add(EXTERNAL_ID, message.requiredId("userId"));
  }

  /** Null without a phone. */
  @Nullable RawContact contact() {
    String phone = phone();
    return phone == null ? null : new RawContact(phone, firstName(), context.text("locale"));
  }

  /** The person's own country says more about a number than the source's. */
  Locality locality(Source source) {
    String country = country();
    return country != null && country.length() == 2
        ? new Locality(country.toUpperCase(Locale.ROOT), source.locality().dateOrder())
        : source.locality();
  }

  /** Null where the phone's owner has switched it off; it is all zeros then. */
  @Nullable String advertisingId() {
    Fields device = context.object("device");
    String id = device.text(ADVERTISING_ID);
    boolean off = Boolean.FALSE.equals(device.flag("adTrackingEnabled"));
    return id == null || off || id.chars().allMatch(sign -> sign == '0' || sign == '-') ? null : id;
  }

  private static void add(List<RawIdentifier> found, IdentifierType type, @Nullable String value) {
    if (value != null) {
      found.add(new RawIdentifier(type, value));
    }
  }

  private static void addExternal(List<RawIdentifier> found, Fields external) {
    String name = external.text("type");
    String id = external.text("id");
    if ("wa_id".equalsIgnoreCase(name)) { // a telephone number in digits, country code first
      add(found, IdentifierType.PHONE, id == null || id.startsWith("+") ? id : "+" + id);
    } else {
      typeOf(name).ifPresent(type -> add(found, type, id));
    }
  }

  /** Segment Unify's names and ours; others name nobody we could know. */
  private static Optional<IdentifierType> typeOf(@Nullable String name) {
    if (name == null) {
      return Optional.empty();
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "email" -> Optional.of(IdentifierType.EMAIL);
      case "phone" -> Optional.of(IdentifierType.PHONE);
      case "user_id", "userid", "external_id", "customer_id" ->
          Optional.of(IdentifierType.EXTERNAL_ID);
      case "anonymous_id", "anonymousid", "cross_domain_id" ->
          Optional.of(IdentifierType.ANONYMOUS_ID);
      case "loyalty_card" -> Optional.of(IdentifierType.LOYALTY_CARD);
      case "fbp" -> Optional.of(IdentifierType.FBP);
      case "wa_user_id" -> Optional.of(IdentifierType.WA_USER_ID);
      case "ios.idfa", "android.idfa", "madid" -> Optional.of(IdentifierType.MADID);
      default -> Optional.empty();
    };
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "SegmentPerson[…]";
  }
}
