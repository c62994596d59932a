package io.rebound.ingest.privacy;

import io.rebound.ingest.quarantine.RejectedEvents;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Erases again for some minutes: a request that was received before an order may be written behind
 * its erasure, because it waited for the database.
 */
@Repository
class RecentErasures {
  private static final Logger log = LoggerFactory.getLogger(RecentErasures.class);
  private static final Duration AGAIN_FOR = Duration.ofMinutes(5);

  private final JdbcClient jdbc;
  private final RejectedEvents rejected;
  private final SpoolErasure spool;
  private final Clock clock;

  RecentErasures(JdbcClient jdbc, RejectedEvents rejected, SpoolErasure spool, Clock clock) {
    this.jdbc = jdbc;
    this.rejected = rejected;
    this.spool = spool;
    this.clock = clock;
  }

  private record Recent(UUID requestId, String[] pseudonyms, Instant at, Instant until) {}

  /** What happened until {@code at} is erased again from time to time. */
  void add(UUID request, Collection<String> pseudonyms, Instant at) {
    jdbc.sql(
            """
            insert into recent_erasure (request_id, pseudonyms, at, until)
            values (:request, :pseudonyms::text[], :at, :until)
            on conflict (request_id) do update set until = excluded.until
            """)
        .param("request", request)
        .param("pseudonyms", pseudonyms.toArray(String[]::new))
        .param("at", Timestamp.from(at))
        .param("until", Timestamp.from(clock.instant().plus(AGAIN_FOR)))
        .update();
  }

  @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT10S")
  void eraseAgain() {
    try {
      Instant now = clock.instant();
      for (Recent recent : all()) {
        List<String> pseudonyms = List.of(recent.pseudonyms());
        rejected.erase(pseudonyms, recent.at());
        spool.erase(pseudonyms, recent.at());
        if (recent.until().isBefore(now)) {
          jdbc.sql("delete from recent_erasure where request_id = :request")
              .param("request", recent.requestId())
              .update();
        }
      }
    } catch (DataAccessException e) {
      log.debug("Erasures can't be repeated right now", e);
    }
  }

  private List<Recent> all() {
    return jdbc.sql("select * from recent_erasure")
        .query((row, _) ->
            new Recent(
                row.getObject("request_id", UUID.class),
                (String[]) row.getArray("pseudonyms").getArray(),
                row.getTimestamp("at").toInstant(),
                row.getTimestamp("until").toInstant()))
        .list();
  }
}
