package io.rebound.ingest.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.audit.AuditLog;
import io.rebound.consumption.DeadLetterErasure;
import io.rebound.events.Identifier;
import io.rebound.events.PrivacyOrder;
import io.rebound.ingest.quarantine.KeptEvent;
import io.rebound.ingest.quarantine.RejectedEvent;
import io.rebound.ingest.quarantine.RejectedEvents;
import io.rebound.privacy.AgesOut;
import io.rebound.privacy.Erased;
import io.rebound.privacy.PersonalData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What this service holds of persons, whom it knows by nothing but what they send: refused events,
 * and events that wait for Kafka. Reports of imports name rows and columns, never what they say.
 */
@Component
class IngestData implements PersonalData {
  private static final int MOST_SHOWN = 1_000;

  private final RejectedEvents rejected;
  private final SpoolErasure spool;
  private final RecentErasures recent;
  private final DeadLetterErasure deadLetters;
  private final AuditLog audit;
  private final AgesOut agesOut;

  IngestData(
      RejectedEvents rejected,
      SpoolErasure spool,
      RecentErasures recent,
      DeadLetterErasure deadLetters,
      AuditLog audit,
      AgesOut agesOut) {
    this.rejected = rejected;
    this.spool = spool;
    this.recent = recent;
    this.deadLetters = deadLetters;
    this.audit = audit;
    this.agesOut = agesOut;
  }

  @Override
  public Optional<Erased> erase(PrivacyOrder order) {
    List<String> pseudonyms = pseudonyms(order);
    Map<String, Long> counts = new LinkedHashMap<>();
    recent.add(order.requestId(), pseudonyms, order.at()); // first: what is written meanwhile
    counts.put("rejected_events", (long) rejected.erase(pseudonyms, order.at()));
    counts.put("spooled_events", spool.erase(pseudonyms, order.at()));
    counts.put("dead_letters", (long) deadLetters.forget(order));
    audit.forget(order.persons());
    return Optional.of(new Erased(counts, agesOut.fromNow()));
  }

  private static List<String> pseudonyms(PrivacyOrder order) {
    return order.identifiers().stream().map(Identifier::pseudonym).distinct().toList();
  }

  @Override
  public Map<String, Object> export(PrivacyOrder order) {
    List<String> pseudonyms = pseudonyms(order);
    return Map.of(
        "rejected_events",
        rejected.mentioning(pseudonyms, order.at(), MOST_SHOWN).stream()
            .map(IngestData::shown)
            .toList(),
        "events_waiting_for_kafka",
        spool.waiting(pseudonyms, order.at()));
  }

  private static Map<String, Object> shown(KeptEvent kept) {
    RejectedEvent event = kept.event();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("received_at", event.receivedAt());
    shown.put("source", event.source());
    shown.put("door", event.door());
    shown.put("field_at_fault", event.field());
    shown.put("reason", event.reason());
    shown.put("as_it_was_sent", asSent(kept));
    return shown;
  }

  private static String asSent(KeptEvent kept) {
    if (kept.event().whole()) {
      return "not shown: a whole request, which may tell of others too";
    }
    return kept.locked()
        ? "not shown: it was encrypted with a key that isn't there any more"
        : new String(kept.event().body(), UTF_8);
  }
}
