package io.rebound.capisync.privacy;

import io.rebound.audit.AuditLog;
import io.rebound.capisync.audiences.Leavers;
import io.rebound.consumption.DeadLetterErasure;
import io.rebound.events.PrivacyOrder;
import io.rebound.privacy.Erased;
import io.rebound.privacy.ErasedPersons;
import io.rebound.privacy.PersonalData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What this service holds of persons, and what it told Meta. What Meta holds in audiences goes
 * first: the receipt waits for that, so {@link #erase} never has one. What the Conversions API was
 * sent stays there, because it has no way to take anything back; it is counted as {@code
 * conversions_meta_keeps}.
 */
@Component
class CapiSyncData implements PersonalData {
  private final ErasedPersons erased;
  private final Leavers leavers;
  private final PersonRows rows;
  private final DeadLetterErasure deadLetters;
  private final AuditLog audit;

  CapiSyncData(
      ErasedPersons erased,
      Leavers leavers,
      PersonRows rows,
      DeadLetterErasure deadLetters,
      AuditLog audit) {
    this.erased = erased;
    this.leavers = leavers;
    this.rows = rows;
    this.deadLetters = deadLetters;
    this.audit = audit;
  }

  @Override
  public Optional<Erased> erase(PrivacyOrder order) {
    erased.add(order);
    UUID[] persons = order.persons().toArray(UUID[]::new);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("audiences", leavers.leave(order.requestId(), persons)); // while their keys are here
    counts.put("conversions_meta_keeps", rows.delivered(persons));
    counts.put("conversions", rows.eraseConversions(persons));
    counts.put("audience_disclosures", rows.eraseDisclosures(persons));
    counts.put("persons", rows.erasePersons(persons));
    counts.put("dead_letters", (long) deadLetters.forget(order));
    audit.forget(order.persons());
    rows.await(order.requestId(), persons, counts);
    return Optional.empty();
  }

  @Override
  public Map<String, Object> export(PrivacyOrder order) {
    UUID[] persons = order.persons().toArray(UUID[]::new);
    return Map.of(
        "disclosed_to_conversions_api", rows.conversions(persons),
        "custom_audiences", leavers.told(persons),
        "persons", rows.persons(persons));
  }
}
