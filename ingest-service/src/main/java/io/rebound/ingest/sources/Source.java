package io.rebound.ingest.sources;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rebound.events.ActionSource;
import io.rebound.events.Purpose;
import io.rebound.matchkeys.Locality;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A backend, site or app of the shop that sends events, and how to read them.
 *
 * @param id stands in every event; has no slash
 * @param consentDefault what holds for a person who never stated anything
 * @param actionSource where its events happen unless they say otherwise
 * @param locality how to read phone numbers without a country code, and dates
 * @param currency of amounts that come without one; none: such a purchase is refused
 * @param productId which of Segment's product fields is the catalogue's id
 * @param allowedProperties properties that travel in clear beside Meta's custom_data
 * @param allowedQueryParameters what is kept of a page's address
 * @param datasets ids that Meta's clients may name in its paths; empty: any
 * @param origins whose pages may send
 * @param limit how much each of its keys may send
 * @param privacy what is kept of the visitor's connection
 * @param commerce how its e-commerce events are read
 * @param visits how its visits are judged
 */
public record Source(
    String id,
    Map<Purpose, Boolean> consentDefault,
    ActionSource actionSource,
    Locality locality,
    @Nullable String currency,
    ProductId productId,
    Set<String> allowedProperties,
    Set<String> allowedQueryParameters,
    Set<String> datasets,
    AllowedOrigins origins,
    EventLimit limit,
    RequestPrivacy privacy,
    CommerceRules commerce,
    VisitRules visits) {

  /** Which field of a product the shop keeps in step with its Meta catalogue. */
  public enum ProductId {
    @JsonProperty("product_id")
    PRODUCT_ID,
    @JsonProperty("sku")
    SKU
  }
}
