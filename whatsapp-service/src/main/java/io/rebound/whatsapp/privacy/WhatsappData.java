package io.rebound.whatsapp.privacy;

import io.rebound.audit.AuditLog;
import io.rebound.consumption.DeadLetterErasure;
import io.rebound.events.Identifier;
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
 * What this service holds of persons. Their messages' texts were never kept, and what WhatsApp has
 * on their device is theirs.
 */
@Component
class WhatsappData implements PersonalData {
  private final ErasedPersons erased;
  private final PersonRows rows;
  private final DeadLetterErasure deadLetters;
  private final AuditLog audit;
  private final AgesOut agesOut;

  WhatsappData(
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
    counts.put("messages", rows.eraseMessages(persons));
    counts.put("timers", rows.eraseTimers(persons)); // before the events that they are of
    counts.put("recent_events", rows.eraseEvents(persons));
    counts.put("stops", rows.eraseStops(pseudonyms(order)));
    counts.put("persons", rows.erasePersons(persons));
    counts.put("dead_letters", (long) deadLetters.forget(order));
    audit.forget(order.persons());
    return Optional.of(new Erased(counts, agesOut.fromNow()));
  }

  @Override
  public Map<String, Object> export(PrivacyOrder order) {
    UUID[] persons = order.persons().toArray(UUID[]::new);
    return Map.of(
        "messages", rows.messages(persons),
        "recent_events", rows.events(persons),
        "stops", rows.stops(pseudonyms(order)),
        "persons", rows.persons(persons));
  }

  private static String[] pseudonyms(PrivacyOrder order) {
    return order.identifiers().stream().map(Identifier::pseudonym).toArray(String[]::new);
  }
}
