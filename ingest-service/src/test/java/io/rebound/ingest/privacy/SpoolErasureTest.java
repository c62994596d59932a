package io.rebound.ingest.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.consumption.Outgoing;
import io.rebound.consumption.PackedMessages;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.EventJson;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SpoolErasureTest {
  private static final Instant ASKED = Instant.parse("2026-05-04T10:00:00Z");
  private static final String HERS = "k1.the-pseudonym-of-who-asked";

  private JdbcClient jdbc;
  private SpoolErasure spool;

  @BeforeEach
  void makeTables() {
    Database database = TestServers.postgres().createDatabase("ingest");
    var dataSource =
        new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
    Flyway.configure().dataSource(dataSource).locations("classpath:db/ingest").load().migrate();
    jdbc = JdbcClient.create(dataSource);
    spool = new SpoolErasure(jdbc);
  }

  @Test
  void her_events_are_taken_out_of_requests_and_the_others_stay_in_their_order() {
    spooled(event("a", "k1.other", ASKED), event("b", HERS, ASKED), event("c", "k1.other", ASKED));
    spooled(event("d", HERS, ASKED.minusSeconds(9)));
    spooled(event("e", "k1.other", ASKED));

    assertThat(spool.waiting(List.of(HERS), ASKED))
        .extracting(waiting -> waiting.get("event_id"))
        .containsExactly("b", "d");
    assertThat(spool.erase(List.of(HERS, "k1.an-alias"), ASKED)).isEqualTo(2);

    assertThat(waiting()).containsExactly(List.of("a", "c"), List.of("e"));
    assertThat(jdbc.sql("select sum(events) from spooled_events").query(Integer.class).single())
        .isEqualTo(3);
    assertThat(spool.erase(List.of(HERS), ASKED)).isZero();
  }

  @Test
  void what_she_did_after_she_asked_stays() {
    spooled(event("a", HERS, ASKED), event("b", HERS, ASKED.plusMillis(1)));

    assertThat(spool.erase(List.of(HERS), ASKED)).isOne();

    assertThat(waiting()).containsExactly(List.of("b"));
  }

  private void spooled(TrackedEvent... events) {
    var messages = new Outgoing();
    for (TrackedEvent event : events) {
      messages.send(Topics.EVENTS, event.identifiers().getFirst().pseudonym(), event);
    }
    byte[] packed = PackedMessages.pack(messages);
    jdbc.sql(
            "insert into spooled_events (events, bytes, messages) values (:events, :bytes, :packed)")
        .param("events", events.length)
        .param("bytes", packed.length)
        .param("packed", packed)
        .update();
  }

  /** The ids of each request's events. */
  private List<List<String>> waiting() {
    return jdbc
        .sql("select messages from spooled_events order by id")
        .query(byte[].class)
        .list()
        .stream()
        .map(packed ->
            PackedMessages.unpack("ingest", packed).stream()
                .map(one -> EventJson.MAPPER.readValue(one.value(), TrackedEvent.class).eventId())
                .toList())
        .toList();
  }

  private static TrackedEvent event(String id, String pseudonym, Instant at) {
    return new TrackedEvent(
        "shop",
        id,
        "Search",
        at,
        at,
        ActionSource.WEBSITE,
        null,
        List.of(new Identifier(IdentifierType.EMAIL, pseudonym)),
        ConsentStatement.none(),
        null,
        null,
        null,
        Map.of());
  }
}
