package io.rebound.ingest.sources;

import io.rebound.events.ActionSource;
import io.rebound.events.Purpose;
import io.rebound.ingest.sources.Source.ProductId;
import io.rebound.matchkeys.DateOrder;
import io.rebound.matchkeys.Locality;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may send events.
 *
 * @param sources every source
 */
@ConfigurationProperties("rebound.ingest")
record SourcesProperties(@DefaultValue List<Configured> sources) {

  /**
   * A source.
   *
   * @param id short and stable, stands in every event: letters, digits, dot, hyphen, underscore
   * @param name for people
   * @param keys SHA-256 of each of its write keys, in hex; several may be live at once
   * @param consentDefault what holds for people who never stated anything
   * @param actionSource where its events happen, in the Conversions API's words
   * @param country two letters: the country of telephone numbers without a country code
   * @param dateOrder how it writes dates that aren't ISO-8601
   * @param currency of amounts that come without one
   * @param productId which field of Segment's products is the id in the Meta catalogue
   * @param allowedProperties properties that travel in clear beside Meta's custom_data
   * @param allowedQueryParameters query parameters that are kept in page addresses
   * @param datasets ids of the datasets that Meta's clients may name in a path when they use this
   *     source's keys; none: any
   */
  record Configured(
      String id,
      @Nullable String name,
      @DefaultValue List<String> keys,
      @DefaultValue ConsentDefault consentDefault,
      @DefaultValue("website") String actionSource,
      @Nullable String country,
      @Nullable DateOrder dateOrder,
      @Nullable String currency,
      @DefaultValue("product-id") ProductId productId,
      @DefaultValue Set<String> allowedProperties,
      @DefaultValue({"utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"})
          Set<String> allowedQueryParameters,
      @DefaultValue Set<String> datasets) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    Configured {
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException(
            "The id of a source has letters, digits, dots, hyphens and underscores only");
      }
      if (currency != null && !CURRENCY.matcher(currency).matches()) {
        throw new IllegalArgumentException("A currency has three capital letters");
      }
    }

    Source source() {
      Locality unknown = Locality.unknown();
      return new Source(
          id,
          consentDefault.byPurpose(),
          ActionSource.of(actionSource),
          new Locality(country, dateOrder == null ? unknown.dateOrder() : dateOrder),
          currency,
          productId,
          Set.copyOf(allowedProperties),
          Set.copyOf(allowedQueryParameters),
          Set.copyOf(datasets));
    }
  }

  /** What a source assumes of a person who never stated anything; a new source assumes a no. */
  record ConsentDefault(
      @DefaultValue("false") boolean ads,
      @DefaultValue("false") boolean profiling,
      @DefaultValue("false") boolean messaging) {
    Map<Purpose, Boolean> byPurpose() {
      return Map.of(Purpose.ADS, ads, Purpose.PROFILING, profiling, Purpose.MESSAGING, messaging);
    }
  }
}
