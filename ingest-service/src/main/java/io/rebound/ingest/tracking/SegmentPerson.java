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
 * @param traits the places where there are traits, the nearest first
 * @param addresses of them, those where there is one
 */
record SegmentPerson(
    Fields message,
    Fields context,
    Fields properties,
    List<Fields> traits,
    List<Fields> addresses) {

  static SegmentPerson of(MessageType type, Fields message, Fields context, Fields properties) {
    Fields own = message.requiredObject("traits", "traits");
    Fields ofContext = context.requiredObject("traits", "context.traits");
    var traits = new ArrayList<Fields>(2);
    if (type != MessageType.GROUP) { // a group's own traits are the company's, not the person's
      addIfAny(traits, own);
    }
    addIfAny(traits, ofContext);
    var addresses = new ArrayList<Fields>(0);
    traits.forEach(place -> addIfAny(addresses, place.object("address")));
    return new SegmentPerson(message, context, properties, traits, addresses);
  }

  private static void addIfAny(List<Fields> places, Fields place) {
    if (!place.json().isEmpty()) {
      places.add(place);
    }
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
    add(
        found,
        IdentifierType.LOYALTY_CARD,
        trait("loyaltyCard", "loyalty_card", "loyaltyCardNumber", "loyalty_card_number"));
    add(found, IdentifierType.MADID, advertisingId());
    for (String list : List.of("externalIds", "externalId")) {
      context.objects(list).forEach(id -> addExternal(found, id));
    }
    return found;
  }

  RawKeys keys() {
    return new RawKeys()
        .add(EM, email())
        .add(PH, phone())
        .add(FN, firstName())
        .add(LN, trait("lastName", "last_name", "lastname"))
        .add(DB, trait("birthday", "birthdate", "birthDate", "dateOfBirth", "date_of_birth"))
        .add(GE, trait("gender"))
        .add(CT, address("city"))
        .add(ST, address("state", "region"))
        .add(ZP, address("postalCode", "postal_code", "zip", "zipCode"))
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
    String id = device.text("advertisingId", "advertising_id", "idfa");
    boolean off = Boolean.FALSE.equals(device.flag("adTrackingEnabled"));
    return id == null || off || id.chars().allMatch(sign -> sign == '0' || sign == '-') ? null : id;
  }

  private @Nullable String email() {
    String email = trait("email", "email_address", "emailAddress");
    return email == null ? properties.text("email") : email;
  }

  private @Nullable String phone() {
    String phone = trait("phone", "phoneNumber", "phone_number", "mobile");
    return phone == null ? properties.text("phone") : phone;
  }

  private @Nullable String firstName() {
    return trait("firstName", "first_name", "firstname");
  }

  private @Nullable String country() {
    return address("countryCode", "country_code", "country");
  }

  private @Nullable String trait(String... names) {
    return first(traits, names);
  }

  private @Nullable String address(String... names) {
    String ofAddress = first(addresses, names);
    return ofAddress == null ? trait(names) : ofAddress;
  }

  private static @Nullable String first(List<Fields> places, String... names) {
    for (Fields place : places) {
      String text = place.text(names);
      if (text != null) {
        return text;
      }
    }
    return null;
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
