package io.rebound.ingest.tracking;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message may say about a person, in the spellings of several libraries. */
enum Trait {
  EMAIL("email", "email_address", "emailAddress"),
  PHONE("phone", "phoneNumber", "phone_number", "mobile"),
  FIRST_NAME("firstName", "first_name", "firstname"),
  LAST_NAME("lastName", "last_name", "lastname"),
  BIRTHDAY("birthday", "birthdate", "birthDate", "dateOfBirth", "date_of_birth"),
  GENDER("gender"),
  CITY("city"),
  STATE("state", "region"),
  POSTCODE("postalCode", "postal_code", "zip", "zipCode"),
  COUNTRY("countryCode", "country_code", "country"),
  LOYALTY_CARD("loyaltyCard", "loyalty_card", "loyaltyCardNumber", "loyalty_card_number");

  private static final Map<String, Trait> BY_NAME = new HashMap<>();

  static {
    for (Trait trait : values()) {
      trait.names.forEach(name -> BY_NAME.put(name, trait));
    }
  }

  private final List<String> names;

  Trait(String... names) {
    this.names = List.of(names);
  }

  /** The one that stands first goes before the others. */
  List<String> names() {
    return names;
  }

  /** The one that is spelled so; null: that is no trait we know. */
  static @Nullable Trait named(String name) {
    return BY_NAME.get(name);
  }
}
