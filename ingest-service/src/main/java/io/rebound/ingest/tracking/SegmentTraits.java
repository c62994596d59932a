package io.rebound.ingest.tracking;

import io.rebound.ingest.intake.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message says about a person's properties: {@code traits}, then {@code context.traits}, in
 * the spellings of several libraries.
 *
 * @param places where there are traits, the nearest first
 * @param addresses of them, those where there is one
 */
record SegmentTraits(List<Fields> places, List<Fields> addresses) {
  static final List<String> EMAIL = List.of("email", "email_address", "emailAddress");
  static final List<String> PHONE = List.of("phone", "phoneNumber", "phone_number", "mobile");
  static final List<String> FIRST_NAME = List.of("firstName", "first_name", "firstname");
  static final List<String> LAST_NAME = List.of("lastName", "last_name", "lastname");
  static final List<String> BIRTHDAY =
      List.of("birthday", "birthdate", "birthDate", "dateOfBirth", "date_of_birth");
  static final List<String> GENDER = List.of("gender");
  static final List<String> CITY = List.of("city");
  static final List<String> STATE = List.of("state", "region");
  static final List<String> POSTCODE = List.of("postalCode", "postal_code", "zip", "zipCode");
  static final List<String> COUNTRY = List.of("countryCode", "country_code", "country");
  static final List<String> LOYALTY_CARD =
      List.of("loyaltyCard", "loyalty_card", "loyaltyCardNumber", "loyalty_card_number");

  static SegmentTraits of(MessageType type, Fields message, Fields context) {
    Fields own = message.requiredObject("traits", "traits");
    Fields ofContext = context.requiredObject("traits", "context.traits");
    var places = new ArrayList<Fields>(2);
    if (type != MessageType.GROUP) { // a group's own traits are the company's, not the person's
      addIfAny(places, own);
    }
    addIfAny(places, ofContext);
    var addresses = new ArrayList<Fields>(0);
    places.forEach(place -> addIfAny(addresses, place.object("address")));
    return new SegmentTraits(places, addresses);
  }

  private static void addIfAny(List<Fields> places, Fields place) {
    if (!place.json().isEmpty()) {
      places.add(place);
    }
  }

  /** The first text that stands anywhere under one of these names. */
  @Nullable String text(List<String> names) {
    return first(places, names);
  }

  /** As {@link #text}; an address goes before what stands beside it. */
  @Nullable String ofAddress(List<String> names) {
    String text = first(addresses, names);
    return text == null ? first(places, names) : text;
  }

  private static @Nullable String first(List<Fields> places, List<String> names) {
    for (int at = 0; at < places.size(); at++) {
      String text = places.get(at).text(names);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "SegmentTraits[…]";
  }
}
