package io.rebound.ingest.privacy;

import io.rebound.consumption.PackedMessages;
import io.rebound.events.EventJson;
import io.rebound.events.TrackedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Takes a person's events out of the spool while they wait there. What is on its way to Kafka at
 * that moment arrives; identity, who has the same order, passes it over.
 */
@Repository
class SpoolErasure {
  private final JdbcClient jdbc;

  SpoolErasure(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Request(long id, byte[] messages) {}

  /** A request's events, in their order, under their keys. */
  private record Entry(ProducerRecord<String, byte[]> record, TrackedEvent event) {
    boolean isOf(Set<String> pseudonyms, Instant until) {
      return !event.at().isAfter(until)
          && event.identifiers().stream().anyMatch(one -> pseudonyms.contains(one.pseudonym()));
    }
  }

  /** No event is left there that happened until that moment and is of one of these. */
  long erase(Collection<String> pseudonyms, Instant until) {
    Set<String> wanted = Set.copyOf(pseudonyms);
    long erased = 0;
    for (Request request : mentioning(pseudonyms)) {
      List<Entry> events = events(request);
      List<Entry> others = events.stream().filter(one -> !one.isOf(wanted, until)).toList();
      if (others.size() < events.size()) {
        keep(request, others);
        erased += events.size() - others.size();
      }
    }
    return erased;
  }

  /** What waits there of them. */
  List<Map<String, Object>> waiting(Collection<String> pseudonyms, Instant until) {
    Set<String> wanted = Set.copyOf(pseudonyms);
    return mentioning(pseudonyms).stream()
        .flatMap(request -> events(request).stream())
        .filter(one -> one.isOf(wanted, until))
        .map(one ->
            Map.<String, Object>of(
                "event_name", one.event().name(),
                "event_id", one.event().eventId(),
                "source", one.event().source(),
                "at", one.event().at()))
        .toList();
  }

  // an identifier that is told twice is found in the packed bytes as they are
  private List<Request> mentioning(Collection<String> pseudonyms) {
    return jdbc.sql(
            """
            select id, messages from spooled_events s
            where exists (
              select from unnest(:pseudonyms::text[]) p
              where position(convert_to(p, 'UTF8') in s.messages) > 0)
            order by id
            for update
            """)
        .param("pseudonyms", pseudonyms.toArray(String[]::new))
        .query(Request.class)
        .list();
  }

  private static List<Entry> events(Request request) {
    var events = new ArrayList<Entry>();
    for (ProducerRecord<String, byte[]> record :
        PackedMessages.unpack("ingest", request.messages())) {
      events.add(new Entry(record, EventJson.MAPPER.readValue(record.value(), TrackedEvent.class)));
    }
    return events;
  }

  private void keep(Request request, List<Entry> others) {
    if (others.isEmpty()) {
      jdbc.sql("delete from spooled_events where id = :id").param("id", request.id()).update();
      return;
    }
    byte[] messages = PackedMessages.packRecords(others.stream().map(Entry::record).toList());
    jdbc.sql(
            """
            update spooled_events set events = :events, bytes = :bytes, messages = :messages
            where id = :id
            """)
        .param("events", others.size())
        .param("bytes", messages.length)
        .param("messages", messages)
        .param("id", request.id())
        .update();
  }
}
