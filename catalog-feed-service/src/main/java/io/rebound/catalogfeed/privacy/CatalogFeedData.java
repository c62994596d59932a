package io.rebound.catalogfeed.privacy;

import io.rebound.audit.AuditLog;
import io.rebound.consumption.DeadLetterErasure;
import io.rebound.events.PrivacyOrder;
import io.rebound.privacy.Erased;
import io.rebound.privacy.PersonalData;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Products are nobody's personal data, and this service reads nothing about persons but their
 * requests: what it answers is empty. An order it couldn't read would lie in the dead letters.
 */
@Component
class CatalogFeedData implements PersonalData {
  private final DeadLetterErasure deadLetters;
  private final AuditLog audit;

  CatalogFeedData(DeadLetterErasure deadLetters, AuditLog audit) {
    this.deadLetters = deadLetters;
    this.audit = audit;
  }

  @Override
  public Optional<Erased> erase(PrivacyOrder order) {
    int letters = deadLetters.forget(order);
    audit.forget(order.persons());
    return Optional.of(
        new Erased(letters == 0 ? Map.of() : Map.of("dead_letters", (long) letters), Map.of()));
  }

  @Override
  public Map<String, Object> export(PrivacyOrder order) {
    return Map.of();
  }
}
