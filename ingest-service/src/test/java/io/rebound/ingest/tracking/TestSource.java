package io.rebound.ingest.tracking;

import io.rebound.events.ActionSource;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.sources.AllowedOrigins;
import io.rebound.ingest.sources.CommerceRules;
import io.rebound.ingest.sources.CommerceRules.PurchaseMoment;
import io.rebound.ingest.sources.EventLimit;
import io.rebound.ingest.sources.RequestPrivacy;
import io.rebound.ingest.sources.RequestPrivacy.Rule;
import io.rebound.ingest.sources.Source;
import io.rebound.ingest.sources.Source.ProductId;
import io.rebound.ingest.sources.VisitRules;
import io.rebound.matchkeys.Locality;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Sources and properties for tests of pure functions. */
final class TestSource {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private TestSource() {}

  static Source usual() {
    return of(CommerceRules.usual(), null, ProductId.PRODUCT_ID);
  }

  static Source of(CommerceRules rules, @Nullable String currency, ProductId productId) {
    return new Source(
        "shop",
        Map.of(),
        ActionSource.WEBSITE,
        Locality.unknown(),
        currency,
        productId,
        Set.of(),
        Set.of(),
        Set.of(),
        new AllowedOrigins(List.of()),
        new EventLimit(0, null),
        new RequestPrivacy(Rule.KEEP, Rule.KEEP),
        rules,
        VisitRules.usual());
  }

  static CommerceRules purchaseAt(PurchaseMoment moment) {
    return new CommerceRules(Map.of(), Map.of(), moment, false);
  }

  static CommerceRules names(Map<String, String> names) {
    return new CommerceRules(names, Map.of(), PurchaseMoment.PLACED, false);
  }

  static CommerceRules properties(Map<String, List<String>> properties) {
    return new CommerceRules(Map.of(), properties, PurchaseMoment.PLACED, false);
  }

  static Fields json(String text) {
    return new Fields(JSON.readTree(text));
  }
}
