package io.rebound.ingest.sources;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rebound.events.Purpose;
import io.rebound.ingest.sources.RequestPrivacy.Rule;
import io.rebound.ingest.sources.Source.ProductId;
import io.rebound.matchkeys.DateOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A source as an operator states it, by configuration or through the API; {@link SourceRules} says
 * what it must be. What is left out is the default stated here.
 *
 * @param id short and stable, stands in every event: letters, digits, dot, hyphen, underscore
 * @param name for people
 * @param keys SHA-256 of each of its write keys, in hex; several may be live at once. Only by
 *     configuration: the API makes keys itself
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
 * @param allowedOrigins whose pages may send: {@code https://shop.example} or {@code
 *     https://*.shop.example}; none: every page
 * @param limit of each of its keys; none: {@code rebound.ingest.limit}
 * @param clientIp when the visitor's address is kept: keep, drop, with-ads-consent
 * @param userAgent when the visitor's browser is kept: keep, drop, with-ads-consent. Meta refuses
 *     events of a website without one
 * @param commerce how its e-commerce events are read
 * @param visits how its visits are judged
 */
record SourceDefinition(
    String id,
    @Nullable String name,
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @DefaultValue List<String> keys,
    @DefaultValue ConsentDefault consentDefault,
    @DefaultValue("website") String actionSource,
    @Nullable String country,
    @Nullable DateOrder dateOrder,
    @Nullable String currency,
    @DefaultValue("product-id") ProductId productId,
    @DefaultValue Set<String> allowedProperties,
    @DefaultValue({"utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"})
        Set<String> allowedQueryParameters,
    @DefaultValue Set<String> datasets,
    @DefaultValue List<String> allowedOrigins,
    @Nullable EventLimit limit,
    @DefaultValue("keep") Rule clientIp,
    @DefaultValue("keep") Rule userAgent,
    @DefaultValue CommerceRules commerce,
    @DefaultValue VisitRules visits) {
  private static final Set<String> CAMPAIGN =
      Set.of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content");

  // JSON knows nothing of the defaults above
  SourceDefinition {
    keys = keys == null ? List.of() : keys;
    consentDefault = consentDefault == null ? ConsentDefault.NO : consentDefault;
    actionSource = actionSource == null ? "website" : actionSource;
    productId = productId == null ? ProductId.PRODUCT_ID : productId;
    allowedProperties = allowedProperties == null ? Set.of() : allowedProperties;
    allowedQueryParameters = allowedQueryParameters == null ? CAMPAIGN : allowedQueryParameters;
    datasets = datasets == null ? Set.of() : datasets;
    allowedOrigins = allowedOrigins == null ? List.of() : allowedOrigins;
    clientIp = clientIp == null ? Rule.KEEP : clientIp;
    userAgent = userAgent == null ? Rule.KEEP : userAgent;
    commerce = commerce == null ? CommerceRules.usual() : commerce;
    visits = visits == null ? VisitRules.usual() : visits;
  }

  /** What a source assumes of a person who never stated anything; a new source assumes a no. */
  record ConsentDefault(
      @DefaultValue("false") boolean ads,
      @DefaultValue("false") boolean profiling,
      @DefaultValue("false") boolean messaging) {
    private static final ConsentDefault NO = new ConsentDefault(false, false, false);

    Map<Purpose, Boolean> byPurpose() {
      return Map.of(Purpose.ADS, ads, Purpose.PROFILING, profiling, Purpose.MESSAGING, messaging);
    }
  }
}
