package io.rebound.segmentation.privacy;

import io.rebound.audit.AuditLog;
import io.rebound.consumption.DeadLetterErasure;
import io.rebound.events.PrivacyOrder;
import io.rebound.privacy.AgesOut;
import io.rebound.privacy.Erased;
import io.rebound.privacy.ErasedPersons;
import io.rebound.privacy.PersonalData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What this service holds of persons. It doesn't tell that they left their segments: who keeps
 * audiences has the same order, and that needs no order between topics.
 */
@Component
class SegmentationData implements PersonalData {
  private final ErasedPersons erased;
  private final PersonRows rows;
  private final DeadLetterErasure deadLetters;
  private final AuditLog audit;
  private final AgesOut agesOut;

  SegmentationData(
      ErasedPersons erased,
      PersonRows rows,
      DeadLetterErasure deadLetters,
      AuditLog audit,
      AgesOut agesOut) {
    this.erased = erased;
    this.rows = rows;
    this.deadLetters = deadLetters;
    this.audit = audit;
    this.agesOut = agesOut;
  }

  @Override
  public Optional<Erased> erase(PrivacyOrder order) {
    erased.add(order);
    UUID[] persons = order.persons().toArray(UUID[]::new);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("behaviour_events", rows.eraseEvents(persons));
    counts.put("memberships", rows.eraseMemberships(persons));
    counts.put("persons", rows.erasePersons(persons));
    counts.put("dead_letters", (long) deadLetters.forget(order));
    audit.forget(order.persons());
    return Optional.of(new Erased(counts, agesOut.fromNow()));
  }

  @Override
  public Map<String, Object> export(PrivacyOrder order) {
    UUID[] persons = order.persons().toArray(UUID[]::new);
    return Map.of(
        "behaviour_events", rows.events(persons),
        "rfm", rows.sums(persons),
        "segments", rows.memberships(persons));
  }
}
