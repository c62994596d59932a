package io.rebound.ingest.sources;

import io.rebound.events.ActionSource;
import io.rebound.matchkeys.Locality;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.PageRequest;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a source's definition must be, and the source that follows from it. Pure functions. */
final class SourceRules {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final int LONGEST_TEXT = 100;
  private static final int LONGEST_LIST = 200;
  private static final int LARGEST_PAGE = 500;

  private SourceRules() {}

  /**
   * The source that is defined.
   *
   * @param usual the limit of a source that states none
   * @throws InvalidRequest naming the field that can't be
   */
  static Source source(SourceDefinition definition, EventLimit usual) {
    check(definition);
    Locality unknown = Locality.unknown();
    return new Source(
        definition.id(),
        definition.consentDefault().byPurpose(),
        ActionSource.find(definition.actionSource())
            .orElseThrow(
                () -> new InvalidRequest("action_source", "must be one of Meta's action sources")),
        new Locality(
            definition.country(),
            definition.dateOrder() == null ? unknown.dateOrder() : definition.dateOrder()),
        definition.currency(),
        definition.productId(),
        Set.copyOf(definition.allowedProperties()),
        Set.copyOf(definition.allowedQueryParameters()),
        Set.copyOf(definition.datasets()),
        new AllowedOrigins(definition.allowedOrigins()),
        definition.limit() == null ? usual : definition.limit(),
        new RequestPrivacy(definition.clientIp(), definition.userAgent()),
        definition.commerce(),
        definition.visits());
  }

  /** Refuses what can't be, and what only the configuration may give. */
  static void checkFromApi(SourceDefinition definition) {
    require(
        definition.keys().isEmpty(), "keys", "are made by POST /v1/sources/{id}/keys, one by one");
    source(definition, EventLimit.NONE);
  }

  private static void check(SourceDefinition definition) {
    require(
        definition.id() != null && isId(definition.id()),
        "id",
        "must have 1 to 64 letters, digits, dots, hyphens and underscores");
    require(
        definition.name() == null || isText(definition.name()),
        "name",
        "must have 1 to " + LONGEST_TEXT + " characters");
    require(
        definition.country() == null || COUNTRY.matcher(definition.country()).matches(),
        "country",
        "must be two letters (ISO 3166-1)");
    require(
        definition.currency() == null || CURRENCY.matcher(definition.currency()).matches(),
        "currency",
        "must be three capital letters (ISO 4217)");
    checkTexts("allowed_properties", definition.allowedProperties());
    checkTexts("allowed_query_parameters", definition.allowedQueryParameters());
    checkTexts("datasets", definition.datasets());
    checkOrigins(definition.allowedOrigins());
    if (definition.limit() != null) {
      definition.limit().check("limit");
    }
  }

  private static void checkTexts(String field, Collection<String> texts) {
    require(texts.size() <= LONGEST_LIST, field, "must have at most " + LONGEST_LIST + " entries");
    for (String text : texts) {
      require(
          text != null && isText(text),
          field,
          "must hold texts of 1 to " + LONGEST_TEXT + " characters");
    }
  }

  private static void checkOrigins(Collection<String> origins) {
    checkTexts("allowed_origins", origins);
    int index = 0;
    for (String origin : origins) {
      require(
          AllowedOrigins.isOne(origin),
          "allowed_origins[" + index++ + "]",
          "must be an origin such as https://shop.example or https://*.shop.example");
      String lower = origin.toLowerCase(Locale.ROOT);
      require(
          !(lower.startsWith("https") && lower.endsWith(":443"))
              && !(lower.startsWith("http:") && lower.endsWith(":80")),
          "allowed_origins[" + (index - 1) + "]",
          "must leave the usual port out, as browsers do");
    }
  }

  /** A page of sources or keys, which both go by such ids. */
  static PageRequest page(@Nullable Integer limit, @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after, LARGEST_PAGE);
    require(
        page.after() == null || isId(page.after()),
        "after",
        "must be the \"next\" of the page before");
    return page;
  }

  /** Whether a source may be called so. */
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Whether it can be shown to people: 1 to 100 characters, no control characters. */
  static boolean isText(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_TEXT
        && text.chars().noneMatch(Character::isISOControl);
  }

  private static void require(boolean holds, String field, String reason) {
    if (!holds) {
      throw new InvalidRequest(field, reason);
    }
  }
}
