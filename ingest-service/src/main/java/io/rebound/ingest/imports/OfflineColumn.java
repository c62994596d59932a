package io.rebound.ingest.imports;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a file of offline events: those of Meta's offline event upload and of its
 * Conversions API, with the names they also go by. Names are compared by their letters and digits
 * only: {@code E-Mail}, {@code e_mail} and {@code EMAIL} are one.
 *
 * @see <a
 *     href="https://developers.facebook.com/docs/marketing-api/conversions-api/offline-events">Offline
 *     events</a>
 */
enum OfflineColumn {
  EVENT_NAME("event_name", "event", "conversion name"),
  EVENT_TIME("event_time", "time", "timestamp", "date", "datetime", "order time", "order date"),
  EVENT_ID("event_id", "message id"),
  ACTION_SOURCE("action_source"),

  EMAIL("user_data.em", "em", "e-mail address", "mail"),
  PHONE("user_data.ph", "ph", "phone number", "telephone", "mobile"),
  FIRST_NAME("user_data.fn", "fn", "given name"),
  LAST_NAME("user_data.ln", "ln", "surname", "family name"),
  DATE_OF_BIRTH("user_data.db", "dob", "db", "birthday", "birth date"),
  BIRTH_YEAR("", "doby"),
  BIRTH_MONTH("", "dobm"),
  BIRTH_DAY("", "dobd"),
  GENDER("user_data.ge", "ge", "gen", "sex"),
  CITY("user_data.ct", "ct", "town"),
  STATE("user_data.st", "st", "region", "province"),
  ZIP("user_data.zp", "zp", "zip code", "postal code", "postcode"),
  COUNTRY("user_data.country", "country code"),
  EXTERNAL_ID("user_data.external_id", "extern id", "uid", "user id", "customer id"),
  MADID("user_data.madid", "mobile advertiser id", "idfa", "aaid"),
  LEAD_ID("user_data.lead_id"),
  FBC("user_data.fbc", "click id"),
  FBP("user_data.fbp", "browser id"),

  VALUE("custom_data.value", "amount", "total", "revenue", "order total"),
  CURRENCY("custom_data.currency", "currency code"),
  ORDER_ID("custom_data.order_id", "order", "order number", "receipt", "transaction id"),
  ITEM_NUMBER("custom_data.item_number", "line", "line item"),
  CONTENT_IDS("custom_data.content_ids", "content id", "product id", "product ids", "sku", "item"),
  QUANTITY("", "qty"),
  ITEM_PRICE("", "unit price", "price"),
  CONTENT_TYPE("custom_data.content_type"),
  CONTENT_NAME("custom_data.content_name", "product name"),
  CONTENT_CATEGORY("custom_data.content_category", "category"),
  NUM_ITEMS("custom_data.num_items", "number of items"),
  DELIVERY_CATEGORY("custom_data.delivery_category"),
  STATUS("custom_data.status"),
  STORE_ID("custom_data.store_data.store_code", "store", "store code", "store number", "branch"),

  CONSENT_ADS("consent.ads"),
  CONSENT_PROFILING("consent.profiling"),
  CONSENT_MESSAGING("consent.messaging");

  private static final Map<String, OfflineColumn> BY_LETTERS = new HashMap<>();
  private static final List<OfflineColumn> SEVERAL =
      List.of(EMAIL, PHONE, EXTERNAL_ID, MADID, CONTENT_IDS);
  private static final List<OfflineColumn> TELLING = List.of(EMAIL, PHONE, EXTERNAL_ID, MADID, FBP);

  static {
    for (OfflineColumn column : values()) {
      BY_LETTERS.put(letters(column.wireName()), column);
      for (String alias : column.aliases) {
        BY_LETTERS.put(letters(alias), column);
      }
    }
  }

  private final String place;
  private final String[] aliases;

  /**
   * @param place where the value goes in a server event; empty if it goes there with others
   */
  OfflineColumn(String place, String... aliases) {
    this.place = place;
    this.aliases = aliases;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String place() {
    return place;
  }

  /** A file may have it more than once; its name may then carry a number. */
  boolean several() {
    return SEVERAL.contains(this);
  }

  /** Without one of these nobody can say who it was. */
  boolean tellsWho() {
    return TELLING.contains(this);
  }

  /** The column of that name in a header. */
  static Optional<OfflineColumn> ofHeader(String header) {
    String letters = letters(header);
    OfflineColumn column = BY_LETTERS.get(letters);
    if (column != null) {
      return Optional.of(column);
    }
    String unnumbered = letters.replaceFirst("\\d{1,2}$", "");
    return Optional.ofNullable(BY_LETTERS.get(unnumbered)).filter(OfflineColumn::several);
  }

  static Optional<OfflineColumn> ofWireName(String name) {
    return Arrays.stream(values()).filter(column -> column.wireName().equals(name)).findFirst();
  }

  /** The column that a fault in a server event comes from, by the field's path there. */
  static String nameOf(String place) {
    return Arrays.stream(values())
        .filter(column -> column.place.equals(place))
        .map(OfflineColumn::wireName)
        .findFirst()
        .orElse(place);
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
