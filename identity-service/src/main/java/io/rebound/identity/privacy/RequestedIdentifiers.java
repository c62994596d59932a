package io.rebound.identity.privacy;

import io.rebound.events.Identifier;
import io.rebound.identity.lookup.LookupProperties;
import io.rebound.matchkeys.DateOrder;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads whom a request is about, as the lookup doors read it. */
@Component
class RequestedIdentifiers {
  private final Pseudonyms pseudonyms;
  private final Locality locality;

  RequestedIdentifiers(Pseudonyms pseudonyms, LookupProperties properties) {
    this.pseudonyms = pseudonyms;
    this.locality = new Locality(properties.country(), DateOrder.YEAR_FIRST);
  }

  List<Identifier> of(PrivacyRequest request) {
    return request.pseudonymised(pseudonyms, locality);
  }
}
